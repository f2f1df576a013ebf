package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sorts lengths of time into buckets that double: 0 is less than a millisecond, 1 less than two,
 * 2 less than four, and so on up to 32.
 */
public final class Buckets {

  private static final int LAST = 32;

  private Buckets() {}

  /** Returns the bucket of a length of time; a negative one is in the first. */
  public static int of(Duration time) {
    var millis = Math.max(0, time.toMillis());
    return Math.min(LAST, Long.SIZE - Long.numberOfLeadingZeros(millis));
  }

  /** Returns what is too long for a bucket. */
  public static Duration end(int bucket) {
    return Duration.ofMillis(1L << bucket);
  }

  /**
   * Returns a length of time that this share of all does not exceed: the end of a bucket, and so
   * up to twice as long as needed. Empty if there are none.
   *
   * @param counts how many are in each bucket
   * @param share from 0 to 1
   */
  public static Optional<Duration> quantile(Map<Integer, Long> counts, double share) {
    var all = counts.values().stream().mapToLong(Long::longValue).sum();
    var below = 0L;
    for (var bucket : new TreeMap<>(counts).entrySet()) {
      below += bucket.getValue();
      if (below > 0 && below >= share * all) {
        return Optional.of(end(bucket.getKey()));
      }
    }
    return Optional.empty();
  }
}
