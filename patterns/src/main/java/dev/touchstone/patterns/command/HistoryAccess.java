package dev.touchstone.patterns.command;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who may use a history now: the one thread it belongs to, or one after the other. */
final class HistoryAccess {

  private final @Nullable ReentrantLock lock;
  private @Nullable Thread owner; // of a history without a lock

  private HistoryAccess(@Nullable ReentrantLock lock) {
    this.lock = lock;
  }

  /** Returns the access of the first thread that asks, and of no other. */
  static HistoryAccess confined() {
    return new HistoryAccess(null);
  }

  /** Returns the access of threads that wait for each other. */
  static HistoryAccess locking() {
    return new HistoryAccess(new ReentrantLock());
  }

  @SuppressWarnings("ReferenceEquality") // threads have no other
  void enter() {
    if (lock != null) {
      lock.lock();
      return;
    }
    var thread = Thread.currentThread();
    if (owner == null) {
      owner = thread;
    }
    if (owner != thread) {
      throw new IllegalStateException("this history belongs to " + owner + " and was used by "
          + thread + "; use it on one thread, or build it with locking()");
    }
  }

  void leave() {
    if (lock != null) {
      lock.unlock();
    }
  }

  /** Returns whether this thread keeps others out, being inside of a call further up. */
  boolean isLocked() {
    return lock != null && lock.isHeldByCurrentThread();
  }
}
