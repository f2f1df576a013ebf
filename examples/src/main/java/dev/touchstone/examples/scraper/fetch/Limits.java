package dev.touchstone.examples.scraper.fetch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one answer may cost.
 *
 * @param wireBytes how much of a body is taken from the network, at least 1; the rest is cut off
 * @param bodyBytes how much of it is kept after decompression, at least 1; the rest is cut off
 * @param ratio how many times larger than on the wire a body may be, at least 1; one that is more so
 *     is a bomb and counts as a failure. The first megabyte is free.
 * @param time how long a request may take from its start to the last byte
 * @param bytesPerSecond how fast a body must come on average, 0 for any speed. The first ten seconds
 *     are free.
 */
public record Limits(
    long wireBytes, long bodyBytes, int ratio, Duration time, long bytesPerSecond) {

  /** Sixteen megabytes either way, 200 to one, one minute, 100 bytes a second. */
  public static final Limits DEFAULT =
      new Limits(16 << 20, 16 << 20, 200, Duration.ofMinutes(1), 100);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Limits {
    requireAtLeast(1, wireBytes, "wireBytes");
    requireAtLeast(1, bodyBytes, "bodyBytes");
    requireAtLeast(1, ratio, "ratio");
    requireAtLeast(0, bytesPerSecond, "bytesPerSecond");
    if (!requireNonNull(time, "time").isPositive()) {
      throw new IllegalArgumentException("time must be positive, was " + time);
    }
  }

  private static void requireAtLeast(long min, long value, String name) {
    if (value < min) {
      throw new IllegalArgumentException(
          "%s must be at least %d, was %d".formatted(name, min, value));
    }
  }
}
