package dev.touchstone.apiclient;

import dev.touchstone.apiclient.ratelimit.RateLimit;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * An answer: status, headers, body, and how it was come by.
 *
 * <p>Instances are immutable and safe for use by several threads if the body is.
 *
 * @param <T> the type of the body
 */
public final class ApiResponse<T extends @Nullable Object> {

  private final int status;
  private final Headers headers;
  private final T body;
  private final HttpUrl url;
  private final List<RateLimit> rateLimits;
  private final List<Attempt> attempts;

  ApiResponse(
      int status,
      Headers headers,
      T body,
      HttpUrl url,
      List<RateLimit> rateLimits,
      List<Attempt> attempts) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.url = url;
    this.rateLimits = rateLimits;
    this.attempts = attempts;
  }

  /** Returns the status, from 200 to 299 unless the request accepts others. */
  public int status() {
    return status;
  }

  /** Returns the header fields. */
  public Headers headers() {
    return headers;
  }

  /** Returns the body; null if the request discards it. */
  public T body() {
    return body;
  }

  /** Returns where the answer came from, after redirects. It may hold secrets in its query. */
  public URI uri() {
    return url.uri();
  }

  /** Returns the quotas that the client's readers found in the answer; empty without readers. */
  public List<RateLimit> rateLimits() {
    return rateLimits;
  }

  /** Returns the attempts, in order; the last one gave this answer. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * Returns the URL that a header such as {@code Location} holds, resolved against {@link #uri};
   * empty if there is no such header or its value is not an http or https URL.
   */
  public Optional<URI> link(String header) {
    return headers.first(header).map(url::resolve).map(HttpUrl::uri);
  }

  /** Returns the status, the origin and the number of attempts; no body and no secrets. */
  @Override
  public String toString() {
    return "ApiResponse[" + status + " from " + Target.of(url, "") + ", " + attempts.size()
        + " attempts]";
  }
}
