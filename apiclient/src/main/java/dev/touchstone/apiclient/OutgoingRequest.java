package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.auth.Outgoing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** One request on its way to OkHttp. */
final class OutgoingRequest implements Outgoing {

  private final String method;
  private okhttp3.Headers headers;
  private final @Nullable BodySource body;
  private HttpUrl url;

  OutgoingRequest(String method, HttpUrl url, okhttp3.Headers headers, @Nullable BodySource body) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public URI uri() {
    return url.uri();
  }

  @Override
  public List<String> headers(String name) {
    return headers.values(name);
  }

  @Override
  public Optional<byte[]> bodyInMemory() {
    if (body == null) {
      return Optional.of(new byte[0]);
    }
    return body instanceof BytesBody bytes ? Optional.of(bytes.copy()) : Optional.empty();
  }

  @Override
  public void setHeader(String name, String value) {
    Headers.checkValue(name, value);
    headers = headers.newBuilder().set(name, value).build();
  }

  @Override
  public void addQuery(String name, String value) {
    var parameter = new StringBuilder();
    UriTemplate.encode(requireNonNull(name, "name"), parameter);
    parameter.append('=');
    UriTemplate.encode(requireNonNull(value, "value"), parameter);
    var query = url.encodedQuery();
    var longer = query == null ? parameter.toString() : query + "&" + parameter;
    url = url.newBuilder().encodedQuery(longer).build();
  }

  Request toOkHttp() {
    return new Request.Builder()
        .url(url)
        .headers(headers)
        .method(method, body == null ? emptyBodyIfNeeded() : new OkHttpBody(body))
        .build();
  }

  /* OkHttp insists on a body for these methods; RFC 9110 section 8.6 asks for Content-Length: 0. */
  private @Nullable RequestBody emptyBodyIfNeeded() {
    return switch (method) {
      case "POST", "PUT", "PATCH" -> RequestBody.EMPTY;
      default -> null;
    };
  }
}
