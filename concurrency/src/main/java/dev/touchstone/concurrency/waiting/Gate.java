package dev.touchstone.concurrency.waiting;

import java.util.concurrent.locks.ReentrantLock;

/** Opens once, for threads that wait for it. What happens before that is seen by them. */
public final class Gate {

  private final ReentrantLock guard = new ReentrantLock();
  private final Turns<Turn> line = new Turns<>(guard);
  private boolean isOpen;

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

  /**
   * Waits until it is open.
   *
   * @return false if the patience was over before
   * @throws InterruptedException if interrupted while waiting
   */
  public boolean await(Patience patience, Object blocker) throws InterruptedException {
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
}
