package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.json.JsonCodec;
import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.retry.RetryAfter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An error answer: what an {@link ErrorMapper} decides by and an {@link HttpStatusException} holds.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class ErrorContext {

  private final RequestSummary request;
  private final URI uri;
  private final int status;
  private final Headers headers;
  private final List<RateLimit> rateLimits;
  private final byte[] body;
  private final JsonCodec codec;
  private final Instant receivedAt;

  ErrorContext(
      RequestSummary request,
      URI uri,
      int status,
      Headers headers,
      List<RateLimit> rateLimits,
      byte[] body,
      JsonCodec codec,
      Instant receivedAt) {
    this.request = request;
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.rateLimits = rateLimits;
    this.body = body;
    this.codec = codec;
    this.receivedAt = receivedAt;
  }

  /**
   * Returns the context of an answer, for the tests of an {@link ErrorMapper}.
   *
   * @param body the body, in UTF-8
   */
  public static ErrorContext of(URI uri, int status, Headers headers, String body) {
    requireNonNull(headers, "headers");
    return new ErrorContext(
        ApiRequest.get(uri).discard().summary(),
        uri,
        status,
        headers,
        List.of(),
        body.getBytes(UTF_8),
        JsonCodec.standard(),
        Instant.EPOCH);
  }

  /** Returns the request, without the values of its variables. */
  public RequestSummary request() {
    return request;
  }

  /** Returns where the answer came from, after redirects. It may hold secrets in its query. */
  public URI uri() {
    return uri;
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the header fields. */
  public Headers headers() {
    return headers;
  }

  /** Returns a copy of the start of the body: at most 64 KiB unless the client says otherwise. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns when the answer came. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** Returns the quotas that the client's readers found in the answer; empty without readers. */
  public List<RateLimit> rateLimits() {
    return rateLimits;
  }

  /**
   * Returns how long the server asks to wait: what {@code Retry-After} says, else when the quotas
   * that are used up are full again; empty if it does not say.
   */
  public Optional<Duration> retryAfter() {
    return RetryAfter.read(headers, receivedAt)
        .or(() -> rateLimits.stream()
            .filter(limit -> limit.remaining() == 0)
            .map(RateLimit::resetIn)
            .max(Comparator.naturalOrder()));
  }

  /** Returns the body read as JSON; empty if it is not JSON of that type. */
  public <T> Optional<T> bodyAs(Class<T> type) {
    requireNonNull(type, "type");
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.cast(codec.read(new ByteArrayInputStream(body), type)));
    } catch (IOException | RuntimeException notThatType) {
      return Optional.empty();
    }
  }

  /** Returns the problem details; empty unless the answer is {@code application/problem+json}. */
  public Optional<Problem> problem() {
    return hasMediaType("application/problem+json") ? Problem.read(this) : Optional.empty();
  }

  boolean hasMediaType(String expected) {
    return headers.first("Content-Type").map(ErrorContext::mediaType).orElse("").equals(expected);
  }

  String describe() {
    var title = problem().flatMap(Problem::title).map(ErrorContext::printable);
    return "HTTP " + status + title.map(text -> " (" + text + ")").orElse("");
  }

  private static String mediaType(String contentType) {
    var end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /* RFC 9457 section 3.1.3: the title names the problem type and does not change with the
   * occurrence, so it may be shown where the rest of a body may not. */
  private static String printable(String title) {
    var clean = title.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= 120 ? clean : clean.substring(0, 120) + "...";
  }

  @Override
  public String toString() {
    return request + ": HTTP " + status;
  }
}
