package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The server refused because of too many requests: status 429, or what an {@link ErrorMapper} takes
 * for the same. {@link #retryAt} says when to come back.
 */
public final class RateLimitedException extends HttpStatusException {

  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Creates the exception for an answer. */
  public RateLimitedException(ErrorContext context) {
    super(context, advice(context.retryAfter()));
  }

  /**
   * Creates the exception for an answer that tells in a way of its own when to come back. Retries
   * wait until then.
   *
   * @param retryAt when to come back, by the clock of {@link ErrorContext#receivedAt}; at once if it
   *     has passed, at most 100 years later
   */
  public RateLimitedException(ErrorContext context, Instant retryAt) {
    this(context, wait(context.receivedAt(), requireNonNull(retryAt, "retryAt")));
  }

  private RateLimitedException(ErrorContext context, Duration wait) {
    super(context, advice(Optional.of(wait)), wait);
  }

  /** Returns true. */
  @Override
  public boolean isWorthRetryingLater() {
    return true;
  }

  private static Duration wait(Instant from, Instant until) {
    var wait = Duration.between(from, until);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static String advice(Optional<Duration> retryAfter) {
    return retryAfter
        .map(wait -> "come back in " + wait)
        .orElse("send fewer requests, or come back later");
  }
}
