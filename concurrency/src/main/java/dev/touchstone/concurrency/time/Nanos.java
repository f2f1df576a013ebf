package dev.touchstone.concurrency.time;

import java.time.Duration;

/** Turns durations of any length into nanoseconds that can be added to a reading. */
final class Nanos {

  private static final long LONGEST = Long.MAX_VALUE / 2;
  private static final Duration LONGEST_DURATION = Duration.ofNanos(LONGEST);

  private Nanos() {}

  /** Returns the duration in nanoseconds: 0 if it is negative, at most about 146 years. */
  static long of(Duration duration) {
    if (!duration.isPositive()) {
      return 0;
    }
    return duration.compareTo(LONGEST_DURATION) >= 0 ? LONGEST : duration.toNanos();
  }
}
