package dev.touchstone.concurrency.channel;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reading of a time source at which a wait ends. */
record Deadline(long reading) {

  static Deadline after(Duration timeout, TimeSource time) {
    return new Deadline(time.deadlineAfter(timeout));
  }

  boolean isOver(TimeSource time) {
    return reading - time.nanoTime() <= 0;
  }

  /** Returns the time left, zero or negative if this is over. */
  Duration left(TimeSource time) {
    return Duration.ofNanos(reading - time.nanoTime());
  }

  /**
   * Parks once, at most until the deadline.
   *
   * @param deadline null to park without a limit
   * @return false, without parking, if the deadline is over
   */
  static boolean park(@Nullable Deadline deadline, TimeSource time, Object blocker) {
    if (deadline == null) {
      time.park(blocker);
      return true;
    }
    if (deadline.isOver(time)) {
      return false;
    }
    time.parkUntil(blocker, deadline.reading);
    return true;
  }
}
