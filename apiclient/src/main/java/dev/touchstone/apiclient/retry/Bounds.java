package dev.touchstone.apiclient.retry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The bounds that the back-offs have in common. */
final class Bounds {

  /* Three times this still fits into a long of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(30_000);

  private Bounds() {}

  static void check(Duration base, Duration cap) {
    requireNonNull(base, "base");
    requireNonNull(cap, "cap");
    if (!base.isPositive()) {
      throw new IllegalArgumentException("base must be positive, was " + base);
    }
    if (base.compareTo(cap) > 0) {
      throw new IllegalArgumentException("base must not exceed cap, was " + base + " > " + cap);
    }
    if (cap.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("cap must be at most " + LONGEST + ", was " + cap);
    }
  }
}
