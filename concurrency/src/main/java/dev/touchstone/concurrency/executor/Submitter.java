package dev.touchstone.concurrency.executor;

import java.util.concurrent.locks.LockSupport;

/** A thread that waits for a place for its task. */
final class Submitter {

  enum Verdict {
    PENDING,
    ACCEPTED,
    SHUT_DOWN
  }

  private final Thread thread = Thread.currentThread();
  private final PooledTask<?> task;

  /** Written under the lock of the dispatcher. */
  private volatile Verdict verdict = Verdict.PENDING;

  Submitter(PooledTask<?> task) {
    this.task = task;
  }

  PooledTask<?> task() {
    return task;
  }

  Verdict verdict() {
    return verdict;
  }

  void decide(Verdict verdict) {
    this.verdict = verdict;
  }

  void wake() {
    LockSupport.unpark(thread);
  }
}
