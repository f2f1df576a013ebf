package dev.touchstone.examples.clients.github;

import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.Classifier;
import dev.touchstone.apiclient.retry.Failed;
import dev.touchstone.apiclient.retry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long to stay away after GitHub said that it was too much: as long as {@code Retry-After} says;
 * else, if nothing is left of the quota, until it is full again; else a minute.
 *
 * <p><b>Source:</b> GitHub's REST API documentation, "Exceeding the rate limit".
 */
public final class Limits {

  private static final Duration LEAST = Duration.ofMinutes(1);

  private Limits() {}

  /** Returns when GitHub may be asked again. */
  public static Instant comeBackAt(RateLimitedException refused) {
    return refused.context().receivedAt().plus(pause(refused));
  }

  /** Makes the standard decision, with GitHub's pauses. */
  static Verdict classify(Failed failed) {
    var standard = Classifier.standard().classify(failed);
    return standard instanceof Verdict.Retry
            && failed.error() instanceof RateLimitedException refused
        ? new Verdict.Retry(Verdict.Kind.THROTTLED, Optional.of(pause(refused)))
        : standard;
  }

  private static Duration pause(HttpStatusException refused) {
    var context = refused.context();
    return context
        .retryAfter()
        .or(() ->
            RateLimitReader.xRateLimit()
                .read(context.status(), context.headers(), context.receivedAt())
                .stream()
                .filter(quota -> quota.remaining() == 0)
                .map(RateLimit::resetIn)
                .findFirst())
        .orElse(LEAST);
  }
}
