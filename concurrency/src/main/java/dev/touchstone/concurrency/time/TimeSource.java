package dev.touchstone.concurrency.time;

import java.time.Duration;

/**
 * Reads time, lets it pass, and runs actions later.
 *
 * <p>Code that waits does so through a time source instead of {@link System#nanoTime}, {@link
 * Thread#sleep}, {@code LockSupport.parkNanos} or a timed {@code await}: under a time source of a
 * test those would wait for real time. Untimed waits of the JDK, such as {@code
 * ReentrantLock.lock()} or {@code Condition.await()}, need no time source.
 *
 * <p>This waits for a flag that another thread sets before it calls {@code LockSupport.unpark}:
 * {@snippet class="dev.touchstone.concurrency.time.SnippetsTest" region="park-until"}
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface TimeSource {

  /**
   * Returns the time source of this virtual machine: real time, real timers.
   *
   * <p>There is one. Its timers run on one daemon thread, started by the first {@link #schedule}.
   */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }

  /**
   * Returns the time in nanoseconds since an arbitrary origin that is fixed for this source.
   *
   * <p>As with {@link System#nanoTime} the value may be negative and may wrap around: compare two
   * readings by their difference.
   */
  long nanoTime();

  /**
   * Returns the reading that {@link #nanoTime} will reach after the given time.
   *
   * <p>A time longer than 146 years counts as that long, so that the difference to any reading made
   * from now on does not overflow.
   *
   * @param delay how long from now; zero or negative means now
   */
  default long deadlineAfter(Duration delay) {
    return nanoTime() + Nanos.of(delay);
  }

  /**
   * Waits until the current thread is unparked or interrupted, or for no reason.
   *
   * <p>The contract is that of {@code LockSupport.park}: callers wait in a loop, the interrupt flag
   * stays set, and a permit that was given before makes the call return at once. A worker of a
   * {@code ForkJoinPool} lets its pool start a spare thread meanwhile.
   *
   * @param blocker what the thread waits for, shown in thread dumps
   */
  void park(Object blocker);

  /**
   * Waits as {@link #park} does, but no longer than until the given reading.
   *
   * @param blocker what the thread waits for, shown in thread dumps
   * @param deadline a reading of {@link #nanoTime}; returns at once if it has been reached
   */
  void parkUntil(Object blocker, long deadline);

  /**
   * Waits for the given time.
   *
   * @param duration how long; zero or negative does not wait
   * @throws InterruptedException if the current thread is interrupted before or while it waits; the
   *     interrupt flag is cleared
   */
  default void sleep(Duration duration) throws InterruptedException {
    var deadline = deadlineAfter(duration);
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in a sleep of " + duration);
      }
      if (deadline - nanoTime() <= 0) {
        return;
      }
      parkUntil(this, deadline);
    }
  }

  /**
   * Runs an action once, after the given time.
   *
   * <p>All actions of a time source share one thread: an action must be short and must not block.
   * What it throws is logged and does not affect other actions.
   *
   * @param action what to run; starts at the end of {@code delay} or later
   * @param delay how long to wait first; zero or negative means as soon as possible, still on the
   *     timer's thread
   * @return the timer, which can be cancelled
   */
  Timer schedule(Runnable action, Duration delay);

  /** An action that waits for its time. Safe for use by several threads. */
  @FunctionalInterface
  interface Timer {

    /**
     * Prevents the action from starting and forgets it at once.
     *
     * @return whether that succeeded: false if the action has started or was cancelled before
     */
    boolean cancel();
  }
}
