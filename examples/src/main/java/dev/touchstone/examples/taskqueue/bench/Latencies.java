package dev.touchstone.examples.taskqueue.bench;

import java.time.Duration;
import java.util.Arrays;

/** How long something took, again and again. */
public final class Latencies {

  private final long[] nanos;

  /**
   * Sorts the times.
   *
   * @param nanos each time, in any order
   * @throws IllegalArgumentException if there are none
   */
  public Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nanos must not be empty: nothing was measured");
    }
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  /**
   * Returns the time that this share did not exceed.
   *
   * @param share from 0 to 1
   */
  public Duration quantile(double share) {
    var index = (int) Math.ceil(share * nanos.length) - 1;
    return Duration.ofNanos(nanos[Math.clamp(index, 0, nanos.length - 1)]);
  }
}
