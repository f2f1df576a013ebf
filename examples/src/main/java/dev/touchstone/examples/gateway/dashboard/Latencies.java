package dev.touchstone.examples.gateway.dashboard;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the last 1,000 requests took. For one thread at a time. */
final class Latencies {

  private static final int MOST = 1_000;

  private final long[] nanos = new long[MOST];
  private long count;

  void add(long time) {
    nanos[(int) (count++ % MOST)] = time;
  }

  /**
   * Returns the time within which a share of them was over; empty if there were none.
   *
   * @param share more than 0, at most 1
   */
  Optional<Duration> within(double share) {
    if (count == 0) {
      return Optional.empty();
    }
    var sorted = Arrays.copyOf(nanos, (int) Math.min(count, MOST));
    Arrays.sort(sorted);
    return Optional.of(Duration.ofNanos(sorted[(int) Math.ceil(share * sorted.length) - 1]));
  }
}
