package dev.touchstone.concurrency.waiting;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Opens once, for threads that wait for it. What happens before that is seen by them. */
public final class Gate {

  private final TimeSource time;
  private final Object blocker;
  private final ReentrantLock guard = new ReentrantLock();
  private final Turns<Turn> line = new Turns<>(guard);

  /** Written under the guard. */
  private volatile boolean isOpen;

  /**
   * Creates a gate that is closed.
   *
   * @param time measures how long threads wait
   * @param blocker what they wait for, in thread dumps
   */
  public Gate(TimeSource time, Object blocker) {
    this.time = time;
    this.blocker = blocker;
  }

  /** Lets through whoever waits, and whoever comes. */
  public void open() {
    guard.lock();
    try {
      isOpen = true;
      line.pollAll().forEach(Turn::call);
    } finally {
      guard.unlock();
    }
  }

  /** Returns whether it is open. */
  public boolean isOpen() {
    return isOpen;
  }

  /**
   * Waits until it is open.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public void await() throws InterruptedException {
    await(Patience.endless(time));
  }

  /**
   * Waits until it is open, for a limited time.
   *
   * @param limit zero or negative does not wait
   * @return whether it is open
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public boolean await(Duration limit) throws InterruptedException {
    return await(Patience.of(limit, time));
  }

  private boolean await(Patience patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting at " + blocker);
    }
    if (isOpen) {
      return true;
    }
    var turn = Turn.create();
    guard.lock();
    try {
      if (isOpen) {
        return true;
      }
      line.add(turn);
    } finally {
      guard.unlock();
    }
    return line.await(turn, patience, blocker);
  }

  /** Waits as {@link #await(Duration)}, through interruptions; the flag is set if there were any. */
  public boolean awaitUninterruptibly(Duration limit) {
    var patience = Patience.of(limit, time);
    var interrupted = false;
    try {
      while (true) {
        try {
          return await(patience);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
