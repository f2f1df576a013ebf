package dev.touchstone.apiclient.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides how long to wait before a call is made again.
 *
 * <p>Implementations must be safe for use by several threads and must not block.
 */
@FunctionalInterface
public interface Backoff {

  /**
   * Returns how long to wait.
   *
   * @param attempt the number of attempts made so far, starting at 1
   * @param previous the wait before the last attempt; zero if there was none
   * @param random the source of randomness
   * @return a duration that is zero or positive
   */
  Duration next(int attempt, Duration previous, RandomGenerator random);

  /**
   * Returns the back-off that draws from zero to {@code base * 2^(attempt - 1)}, but never more than
   * {@code cap}.
   *
   * <p><b>Source:</b> "full jitter" in Marc Brooker, <i>Exponential Backoff and Jitter</i>, AWS
   * Architecture Blog, 2015.
   *
   * @throws IllegalArgumentException if {@code base} is not positive or longer than {@code cap}
   */
  static Backoff fullJitter(Duration base, Duration cap) {
    return new FullJitter(base, cap);
  }

  /**
   * Returns the back-off that draws from {@code base} to three times the previous wait, but never
   * more than {@code cap}: longer at the start than full jitter, and without its immediate retries.
   *
   * <p><b>Source:</b> "decorrelated jitter" in the same article.
   *
   * @throws IllegalArgumentException if {@code base} is not positive or longer than {@code cap}
   */
  static Backoff decorrelated(Duration base, Duration cap) {
    return new DecorrelatedJitter(base, cap);
  }
}
