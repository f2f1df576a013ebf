package dev.touchstone.examples.clients.github;

import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RateLimitedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what GitHub answers into exceptions. */
final class GitHubErrors {

  private GitHubErrors() {}

  static Optional<? extends HttpStatusException> map(ErrorContext error) {
    if (error.status() == 422) {
      return error.bodyAs(Body.class).map(body -> new ValidationException(error, body.known()));
    }
    return isLimit(error) ? Optional.of(new RateLimitedException(error)) : Optional.empty();
  }

  /* The same status as for what a token may not do, so headers and, at worst, words decide. */
  private static boolean isLimit(ErrorContext error) {
    return error.status() == 403
        && (error.headers().first("Retry-After").isPresent()
            || error
                .headers()
                .first("X-RateLimit-Remaining")
                .filter("0"::equals)
                .isPresent()
            || error.bodyAs(Body.class).filter(Body::speaksOfLimits).isPresent());
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
