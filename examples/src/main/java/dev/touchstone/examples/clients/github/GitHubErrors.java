package dev.touchstone.examples.clients.github;

import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what GitHub answers into exceptions.
 *
 * <p>One that says that it was too much tells how long to stay away: as long as {@code Retry-After}
 * says; else, if nothing is left of the quota, until it is full again; else a minute.
 *
 * <p><b>Source:</b> GitHub's REST API documentation, "Exceeding the rate limit".
 */
final class GitHubErrors {

  private static final Duration LEAST_PAUSE = Duration.ofMinutes(1);

  private GitHubErrors() {}

  static Optional<? extends HttpStatusException> map(ErrorContext error) {
    if (error.status() == 422) {
      return error.bodyAs(Body.class).map(body -> new ValidationException(error, body.known()));
    }
    return isLimit(error)
        ? Optional.of(new RateLimitedException(error, error.receivedAt().plus(pause(error))))
        : Optional.empty();
  }

  /* The same status as for what a token may not do, so headers and, at worst, words decide. */
  private static boolean isLimit(ErrorContext error) {
    return error.status() == 429
        || (error.status() == 403
            && (error.headers().first("Retry-After").isPresent()
                || untilTheQuotaIsFull(error).isPresent()
                || error.bodyAs(Body.class).filter(Body::speaksOfLimits).isPresent()));
  }

  private static Duration pause(ErrorContext error) {
    return error.retryAfter().or(() -> untilTheQuotaIsFull(error)).orElse(LEAST_PAUSE);
  }

  private static Optional<Duration> untilTheQuotaIsFull(ErrorContext error) {
    return RateLimitReader.xRateLimit()
        .read(error.status(), error.headers(), error.receivedAt())
        .stream()
        .filter(quota -> quota.remaining() == 0)
        .map(RateLimit::resetIn)
        .findFirst();
  }

  /** The body of an error. */
  private record Body(@Nullable String message, @Nullable List<ValidationException.Field> errors) {

    private boolean speaksOfLimits() {
      return message != null && message.contains("rate limit");
    }

    private List<ValidationException.Field> known() {
      return errors == null ? List.of() : errors;
    }
  }
}
