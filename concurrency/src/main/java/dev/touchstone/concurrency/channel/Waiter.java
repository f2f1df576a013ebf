package dev.touchstone.concurrency.channel;

import dev.touchstone.concurrency.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A thread that waits in a {@link WaitLine}; made by that thread, for one blocking call. */
class Waiter {

  /** Where a waiter is. */
  enum Place {
    /** Not in the line: not yet, or not any more. */
    OUTSIDE,
    /** In the line. */
    IN_LINE,
    /** Taken out of the line by a wake-up: carries the baton of the line. */
    CHOSEN
  }

  final Thread thread = Thread.currentThread();

  /** Written with the lock of the line held; the waiter itself also reads it without. */
  volatile Place place = Place.OUTSIDE;

  /** Whether this waiter was ever chosen. Used by the waiter only. */
  boolean hadBaton;

  /** Neighbours in the line, guarded by its lock. */
  @Nullable
  Waiter previous;

  @Nullable
  Waiter next;

  /**
   * Waits until this waiter is no longer in the line, or its time is over.
   *
   * @return whether it was taken out of the line; false if its time is over
   * @throws InterruptedException if it is still in the line and its thread is interrupted
   */
  final boolean awaitTurn(TimeSource time, Object blocker) throws InterruptedException {
    while (place == Place.IN_LINE) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting at " + blocker);
      }
      if (!park(time, blocker)) {
        return false;
      }
    }
    return true;
  }

  /** Parks once; returns false, without parking, if the time of this waiter is over. */
  boolean park(TimeSource time, Object blocker) {
    time.park(blocker);
    return true;
  }

  /** A waiter with a deadline. */
  static final class Timed extends Waiter {

    private final long deadline;

    Timed(long deadline) {
      this.deadline = deadline;
    }

    @Override
    boolean park(TimeSource time, Object blocker) {
      if (deadline - time.nanoTime() <= 0) {
        return false;
      }
      time.parkUntil(blocker, deadline);
      return true;
    }
  }
}
