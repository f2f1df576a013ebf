package dev.touchstone.concurrency.channel;

import dev.touchstone.concurrency.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A thread that waits in a line of a channel; made by that thread, for one blocking call. */
class Waiter {

  /** Where a waiter is. */
  enum Place {
    /** Not in the line: not yet, not any more, or sent away because the channel was closed. */
    OUTSIDE,
    /** In the line. */
    IN_LINE,
    /** Taken out of a line by a wake-up. */
    CHOSEN
  }

  final Thread thread = Thread.currentThread();

  /** Null to wait as long as necessary. */
  final @Nullable Deadline deadline;

  /** Written with the lock of the line held; the waiter itself also reads it without. */
  volatile Place place = Place.OUTSIDE;

  /** Whether this waiter ever carried the baton of a {@link WaitLine}. Used by its thread only. */
  boolean hadBaton;

  /** Neighbours in the line, guarded by its lock. */
  @Nullable
  Waiter previous;

  @Nullable
  Waiter next;

  Waiter(@Nullable Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Reserves this waiter for a hand-over. Called with the lock of its line held.
   *
   * @return whether this waiter may be served; a waiter in one line only always may
   */
  boolean claim() {
    return true;
  }

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
      if (!Deadline.park(deadline, time, blocker)) {
        return false;
      }
    }
    return true;
  }
}
