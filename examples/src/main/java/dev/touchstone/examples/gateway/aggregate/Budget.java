package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.time.Deadline;
import java.time.Duration;
import java.util.Optional;

/**
 * How long calls may take: a little less than the request, so that an answer without the late ones still
 * gets out in time.
 *
 * @param deadline that of the request
 * @param reserve what calls leave of it
 */
record Budget(Deadline deadline, Duration reserve) {

  private static final Duration LONGEST_RESERVE = Duration.ofMillis(50);
  private static final int SHARE = 10;

  /** Returns the budget of a request that begins now: calls leave a tenth of it, at most 50 ms. */
  static Budget of(Deadline deadline) {
    var tenth = deadline.remaining().dividedBy(SHARE);
    return new Budget(deadline, tenth.compareTo(LONGEST_RESERVE) < 0 ? tenth : LONGEST_RESERVE);
  }

  /**
   * Returns how long a call may take that begins now.
   *
   * @param own its own limit
   * @throws PartFailure if there is no time left
   */
  Duration forCall(Optional<Duration> own) throws PartFailure {
    var rest = deadline.remaining().minus(reserve);
    var time = own.filter(limit -> limit.compareTo(rest) < 0).orElse(rest);
    if (!time.isPositive()) {
      throw PartFailure.late();
    }
    return time;
  }
}
