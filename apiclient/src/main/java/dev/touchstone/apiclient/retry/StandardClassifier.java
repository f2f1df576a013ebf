package dev.touchstone.apiclient.retry;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.TransportException;
import dev.touchstone.apiclient.retry.Verdict.Kind;
import dev.touchstone.apiclient.retry.Verdict.Retry;
import dev.touchstone.apiclient.retry.Verdict.Stop;
import java.time.Duration;
import java.util.Optional;

/** The table of which failure may be retried with which request. */
enum StandardClassifier implements Classifier {
  RETRY_REFUSED,
  DISTRUST_REFUSED;

  @Override
  public Verdict classify(Failed failed) {
    if (!failed.replayable()) {
      return new Stop("its body cannot be sent again");
    }
    return switch (failed.delivery()) {
      case NOT_SENT -> retryIfWorth(failed.error());
      case REFUSED_UNPROCESSED ->
        this == RETRY_REFUSED || failed.idempotent()
            ? retryIfWorth(failed.error())
            : notIdempotent(failed);
      case UNKNOWN -> failed.idempotent() ? unknown(failed.error()) : notIdempotent(failed);
      case ANSWERED ->
        failed.error() instanceof RateLimitedException limited
            ? retryIfWorth(limited)
            : new Stop("");
    };
  }

  private static Verdict unknown(ApiException error) {
    if (error instanceof HttpStatusException answer && !isTransient(answer.status())) {
      return new Stop("status " + answer.status() + " is not transient");
    }
    return retryIfWorth(error);
  }

  private static Verdict retryIfWorth(ApiException error) {
    if (!error.isWorthRetryingLater()) {
      return new Stop("it would fail again");
    }
    return switch (error) {
      case HttpStatusException answer -> retry(answer);
      case TransportException lost -> new Retry(Kind.TRANSIENT, Optional.empty());
      default -> new Stop("");
    };
  }

  private static Verdict retry(HttpStatusException answer) {
    var notBefore = answer.retryAfter();
    return new Retry(isThrottling(answer, notBefore) ? Kind.THROTTLED : Kind.TRANSIENT, notBefore);
  }

  private static boolean isThrottling(HttpStatusException answer, Optional<Duration> notBefore) {
    return answer instanceof RateLimitedException
        || answer.status() == 529
        || (answer.status() == 503 && notBefore.isPresent());
  }

  private static boolean isTransient(int status) {
    return switch (status) {
      case 408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529 -> true;
      default -> false;
    };
  }

  private static Stop notIdempotent(Failed failed) {
    return new Stop(failed.method()
        + " is not idempotent; declare idempotent() or give it an idempotency key if the server"
        + " takes it as such");
  }
}
