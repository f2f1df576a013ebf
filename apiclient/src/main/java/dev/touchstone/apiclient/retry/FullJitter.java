package dev.touchstone.apiclient.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Draws below a bound that doubles with each attempt. */
record FullJitter(Duration base, Duration cap) implements Backoff {

  FullJitter {
    Bounds.check(base, cap);
  }

  @Override
  public Duration next(int attempt, Duration previous, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(boundNanosAfter(attempt) + 1));
  }

  /** Returns base * 2^(attempt - 1), cut off at cap before the shift can overflow. */
  long boundNanosAfter(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
    }
    var nanos = base.toNanos();
    var doublings = attempt - 1;
    return doublings < Long.numberOfLeadingZeros(nanos)
        ? Math.min(cap.toNanos(), nanos << doublings)
        : cap.toNanos();
  }
}
