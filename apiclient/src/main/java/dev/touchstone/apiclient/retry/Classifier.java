package dev.touchstone.apiclient.retry;

import dev.touchstone.apiclient.HttpStatusException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides whether a failed attempt may be followed by another.
 *
 * <p>Implementations must be safe for use by several threads and must not block. The pipeline asks
 * only about failures that could be retried: never after a cancellation or past the deadline.
 */
@FunctionalInterface
public interface Classifier {

  /** Returns the verdict on a failure. */
  Verdict classify(Failed failed);

  /**
   * Returns this classifier with more statuses after which idempotent requests are retried: 409 of a
   * server that so refuses an idempotency key while the first request with it is being processed,
   * say.
   */
  default Classifier alsoRetrying(int... statuses) {
    var more = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
    return failed -> failed.idempotent()
            && failed.replayable()
            && failed.error() instanceof HttpStatusException answer
            && more.contains(answer.status())
        ? new Verdict.Retry(Verdict.Kind.TRANSIENT, answer.retryAfter())
        : classify(failed);
  }

  /**
   * Returns the classifier that retries what cannot have been applied with any method, and what may
   * have been applied only if the request is idempotent.
   *
   * <p>Retried in the second case: a lost connection, a cut answer, an attempt that took too long,
   * and the statuses 408, 500, 502, 503, 504, 520 to 524 and 529.
   *
   * <p><b>Source:</b> RFC 9110 sections 9.2.2 and 15.5.20 (421), RFC 8470 (425), RFC 6585 (429).
   */
  static Classifier standard() {
    return StandardClassifier.RETRY_REFUSED;
  }

  /**
   * Returns the standard classifier without its trust in 421, 425 and 429: those are retried only
   * if the request is idempotent.
   */
  static Classifier distrustful() {
    return StandardClassifier.DISTRUST_REFUSED;
  }
}
