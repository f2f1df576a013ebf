package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.time.TimeSource;

/**
 * The right of a worker to its jobs, as far as the worker can know: it ends before the store's own
 * idea of it does. Once over it stays over.
 */
final class Lease {

  private final long worker;
  private final TimeSource time;
  private volatile long deadline;
  private volatile boolean isEnded;

  Lease(long worker, TimeSource time, long deadline) {
    this.worker = worker;
    this.time = time;
    this.deadline = deadline;
  }

  /** Returns the number that the store knows the worker by. */
  long worker() {
    return worker;
  }

  boolean isOver() {
    return isEnded || deadline - time.nanoTime() <= 0;
  }

  /** Returns the reading of the clock at which it is over, unless it is renewed. */
  long deadline() {
    return deadline;
  }

  void renewUntil(long newDeadline) {
    deadline = newDeadline;
  }

  void end() {
    isEnded = true;
  }
}
