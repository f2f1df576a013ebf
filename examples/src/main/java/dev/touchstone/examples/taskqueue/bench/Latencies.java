package dev.touchstone.examples.taskqueue.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long something took, again and again.
 *
 * @param nanos each time, the shortest first; at least one
 */
public record Latencies(List<Long> nanos) {

  /**
   * Sorts the times.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Latencies {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("nanos must not be empty: nothing was measured");
    }
    nanos = nanos.stream().sorted().toList();
  }

  /**
   * Returns the time that this share did not exceed.
   *
   * @param share from 0 to 1
   */
  public Duration quantile(double share) {
    var index = (int) Math.ceil(share * nanos.size()) - 1;
    return Duration.ofNanos(nanos.get(Math.clamp(index, 0, nanos.size() - 1)));
  }
}
