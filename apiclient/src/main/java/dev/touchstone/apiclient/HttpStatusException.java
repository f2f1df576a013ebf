package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server answered with a status that is not a result.
 *
 * <p>What the server said about it is in {@link #problem}, or in {@link #bodyAs} for other formats.
 */
public abstract sealed class HttpStatusException extends ApiException
    permits ClientErrorException,
        RateLimitedException,
        ServerErrorException,
        UnexpectedStatusException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorContext context;
  private final @Nullable Duration wait;

  HttpStatusException(ErrorContext context, String advice) {
    this(context, advice, null);
  }

  /** Creates an exception that knows better than its answer how long to wait. */
  HttpStatusException(ErrorContext context, String advice, @Nullable Duration wait) {
    super(
        requireNonNull(context, "context").request(),
        context.describe() + (advice.isEmpty() ? "" : "; " + advice),
        Delivery.ofStatus(context.status()),
        null);
    this.context = context;
    this.wait = wait;
  }

  /** Returns the status. */
  public final int status() {
    return context.status();
  }

  /** Returns all that is known about the answer. */
  public final ErrorContext context() {
    return context;
  }

  /** Returns the problem details of RFC 9457; empty if the answer holds none. */
  public final Optional<Problem> problem() {
    return context.problem();
  }

  /** Returns the body read as JSON; empty if it is not JSON of that type. */
  public final <T> Optional<T> bodyAs(Class<T> type) {
    return context.bodyAs(type);
  }

  /** Returns how long the server asks to wait; empty if it does not say. */
  public final Optional<Duration> retryAfter() {
    return wait == null ? context.retryAfter() : Optional.of(wait);
  }

  /** Returns when the server may be asked again; empty if it does not say. */
  public final Optional<Instant> retryAt() {
    return retryAfter().map(context.receivedAt()::plus);
  }
}
