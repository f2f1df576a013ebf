package dev.touchstone.examples.clients.prometheus;

import java.time.Duration;
import java.time.Instant;

/**
 * The times at which a query is evaluated: {@code start}, and every {@code step} after it, up to and
 * with {@code end}.
 *
 * @param start the first time
 * @param end the last time at most; not before {@code start}
 * @param step from one time to the next, one millisecond or more
 */
public record Range(Instant start, Instant end, Duration step) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the end is before the start, or the step is too short
   */
  public Range {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("end must not be before start, " + start + ", was " + end);
    }
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("step must be at least 1 ms, was " + step);
    }
  }
}
