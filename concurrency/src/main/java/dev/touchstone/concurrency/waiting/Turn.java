package dev.touchstone.concurrency.waiting;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One wait of the thread that made it, until another thread calls.
 *
 * <p>What happens before {@link #call} is seen by the thread that was called.
 */
public abstract class Turn {

  private final Thread thread = Thread.currentThread();

  /** Neighbours in a line, guarded by its lock. */
  @Nullable
  Turn previous;

  @Nullable
  Turn next;

  boolean isInLine;

  private volatile boolean called;

  /** Returns a wait of the current thread that is only a wait. */
  public static Turn create() {
    return new Plain();
  }

  private static final class Plain extends Turn {}

  /** Returns the thread that waits. */
  public final Thread thread() {
    return thread;
  }

  /** Lets the thread go on. */
  public final void call() {
    called = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits until called, or until the patience is over.
   *
   * @return whether it was called
   * @throws InterruptedException if the thread is interrupted before it was called
   */
  final boolean await(Patience patience, Object blocker) throws InterruptedException {
    while (!called) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting at " + blocker);
      }
      if (!patience.park(blocker)) {
        return called;
      }
    }
    return true;
  }
}
