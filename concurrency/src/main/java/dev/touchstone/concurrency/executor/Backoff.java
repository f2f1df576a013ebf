package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Decides how long to wait after failures in a row.
 *
 * <p>Implementations must be safe for use by several threads and must not block.
 */
@FunctionalInterface
public interface Backoff {

  /**
   * Returns how long to wait after the given number of failures in a row.
   *
   * @param failures how many, at least 1
   * @return zero or positive
   */
  Duration delayAfter(int failures);

  /**
   * Returns a backoff that waits the same time after each failure.
   *
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  static Backoff constant(Duration delay) {
    requireNonNull(delay, "delay");
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, was " + delay);
    }
    return failures -> delay;
  }

  /**
   * Returns a backoff that waits {@code initial} after the first failure, twice as long after each
   * further one, and never longer than {@code max}.
   *
   * @throws IllegalArgumentException if {@code initial} is not positive, or longer than {@code max}
   */
  static Backoff doubling(Duration initial, Duration max) {
    if (!initial.isPositive() || initial.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "initial must be positive and at most max, was " + initial + ", max " + max);
    }
    var half = max.dividedBy(2); // doubling more than that could also overflow
    return failures -> {
      var delay = initial;
      for (int i = 1; i < failures; i++) {
        if (delay.compareTo(half) > 0) {
          return max;
        }
        delay = delay.multipliedBy(2);
      }
      return delay;
    };
  }
}
