package dev.touchstone.examples.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.examples.gateway.edge.Forwarding.Origin;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** An exchange of Jetty's. */
final class JettyExchange implements Exchange {

  private final Request request;
  private final Response response;
  private final Origin origin;
  private final String id;
  private final long length;
  private final RequestBody body;
  private final Set<String> promised = new HashSet<>(); // in lower case
  private Caller caller = Caller.ANONYMOUS;
  private Map<String, String> parameters = Map.of();
  private @Nullable Route route;
  private @Nullable Deadline deadline;
  private @Nullable AnswerStream answer;

  JettyExchange(Request request, Response response, Origin origin, String id) {
    this.request = request;
    this.response = response;
    this.origin = origin;
    this.id = id;
    length = length(request);
    body = new RequestBody(Request.asInputStream(request), length);
  }

  /** Sets what is known once the route is. */
  void routed(Route to, Map<String, String> values, Deadline limit) {
    route = to;
    parameters = values;
    deadline = limit;
    body.limit(to.terms().maxBodyBytes());
  }

  void calledBy(Caller who) {
    caller = who;
  }

  @Nullable
  Route routeIfKnown() {
    return route;
  }

  RequestBody requestBody() {
    return body;
  }

  /** Sees to it that the connection ends with this answer; HTTP/2 has no need of it. */
  void lastOnConnection() {
    if (!isReplied()
        && request.getConnectionMetaData().getHttpVersion().getVersion()
            <= HttpVersion.HTTP_1_1.getVersion()) {
      promise("Connection", "close");
    }
  }

  /** Returns the number of bytes of the answer's body that were sent. */
  long bytesSent() {
    return answer == null ? 0 : answer.count();
  }

  /** Returns whether the answer has begun and not come to its end. */
  boolean isHalfAnswered() {
    return answer != null && !answer.isOver();
  }

  int status() {
    return response.getStatus();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Route route() {
    return known(route);
  }

  @Override
  public Deadline deadline() {
    return known(deadline);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the request has no route yet");
    }
    return value;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String scheme() {
    return origin.scheme().orElse(request.isSecure() ? "https" : "http");
  }

  @Override
  public String authority() {
    return origin.authority().orElseGet(() -> {
      var authority = request.getHttpURI().getAuthority();
      return authority == null ? "" : authority;
    });
  }

  @Override
  public List<String> addresses() {
    return origin.addresses();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public Optional<String> query() {
    return Optional.ofNullable(request.getHttpURI().getQuery());
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public List<String> query(String name) throws ProblemException {
    var values = new ArrayList<String>();
    for (var pair : query().orElse("").split("&", -1)) {
      var equals = pair.indexOf('=');
      if (decode(equals < 0 ? pair : pair.substring(0, equals)).equals(name) && !pair.isEmpty()) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) throws ProblemException {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new ProblemException(
          Problem.of(400, "The query has a broken escape; encode a percent sign as %25."),
          HttpFields.EMPTY,
          broken);
    }
  }

  @Override
  public HttpFields fields() {
    return request.getHeaders();
  }

  @Override
  public long contentLength() {
    return length;
  }

  /* Jetty says -1 for a request without any framing, which in HTTP/1 has no body. In HTTP/2 a body
   * needs no field that announces it. */
  private static long length(Request request) {
    var fields = request.getHeaders();
    if (fields.contains(HttpHeader.CONTENT_LENGTH)) {
      return request.getLength();
    }
    return switch (request.getConnectionMetaData().getHttpVersion()) {
      case HTTP_2, HTTP_3 -> Set.of("GET", "HEAD").contains(request.getMethod()) ? 0 : -1;
      default -> fields.contains(HttpHeader.TRANSFER_ENCODING) ? -1 : 0;
    };
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public void promise(String name, String value) {
    if (isReplied()) {
      throw new IllegalStateException("the answer has been sent; set " + name + " before that");
    }
    promised.add(name.toLowerCase(Locale.ROOT));
    response.getHeaders().put(name, value);
  }

  @Override
  public void reply(int status, HttpFields fields, byte[] content) throws IOException {
    begin(status, fields);
    var kind = kind(status);
    if (HttpStatus.hasNoBody(status)) {
      response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    } else {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    }
    var stream = new AnswerStream(response, kind, content.length);
    answer = stream;
    stream.write(content, 0, content.length);
    stream.close();
  }

  @Override
  public OutputStream open(int status, HttpFields fields) {
    begin(status, fields);
    var stream =
        new AnswerStream(response, kind(status), fields.getLongField(HttpHeader.CONTENT_LENGTH));
    answer = stream;
    return stream;
  }

  private AnswerStream.Kind kind(int status) {
    return method().equals("HEAD") || HttpStatus.hasNoBody(status)
        ? AnswerStream.Kind.HEAD_ONLY
        : AnswerStream.Kind.BODY;
  }

  private void begin(int status, HttpFields fields) {
    if (isReplied()) {
      throw new IllegalStateException("there is an answer already, of status " + status());
    }
    response.setStatus(status);
    var headers = response.getHeaders();
    for (var field : fields) {
      if (!promised.contains(field.getLowerCaseName())) {
        headers.add(field);
      }
    }
    if (!headers.contains(HttpHeader.DATE)) {
      headers.add(request.getConnectionMetaData().getConnector().getServer().getDateField());
    }
  }

  @Override
  public boolean isReplied() {
    return answer != null;
  }
}
