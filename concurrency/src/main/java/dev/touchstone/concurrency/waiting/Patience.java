package dev.touchstone.concurrency.waiting;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;

/** How long a thread is ready to wait. Immutable. */
public final class Patience {

  private final TimeSource time;
  private final boolean isEndless;
  private final long deadline;

  private Patience(TimeSource time, boolean isEndless, long deadline) {
    this.time = time;
    this.isEndless = isEndless;
    this.deadline = deadline;
  }

  /** Returns the patience that never ends. */
  public static Patience endless(TimeSource time) {
    return new Patience(time, true, 0);
  }

  /**
   * Returns a patience that ends after the given time.
   *
   * @param timeout zero or negative means that it is over
   */
  public static Patience of(Duration timeout, TimeSource time) {
    return new Patience(time, false, time.deadlineAfter(requireNonNull(timeout, "timeout")));
  }

  /** Returns whether it has ended. */
  public boolean isOver() {
    return !isEndless && deadline - time.nanoTime() <= 0;
  }

  /**
   * Parks once, at most until the end.
   *
   * @return false, without parking, if it is over
   */
  public boolean park(Object blocker) {
    if (isEndless) {
      time.park(blocker);
      return true;
    }
    if (isOver()) {
      return false;
    }
    time.parkUntil(blocker, deadline);
    return true;
  }
}
