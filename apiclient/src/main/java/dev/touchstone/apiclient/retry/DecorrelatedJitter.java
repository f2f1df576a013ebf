package dev.touchstone.apiclient.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Draws between the base and three times the previous wait. */
record DecorrelatedJitter(Duration base, Duration cap) implements Backoff {

  DecorrelatedJitter {
    Bounds.check(base, cap);
  }

  @Override
  public Duration next(int attempt, Duration previous, RandomGenerator random) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
    }
    var least = base.toNanos();
    // The cap bounds what is tripled, so that the product cannot overflow.
    var before = Math.clamp(previous.toNanos(), least, cap.toNanos());
    return Duration.ofNanos(Math.min(cap.toNanos(), random.nextLong(least, 3 * before + 1)));
  }
}
