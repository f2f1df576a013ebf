package dev.touchstone.concurrency.executor;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for sections of a few instructions: a thread tries for a moment before it waits.
 *
 * <p>A section is over sooner than a thread could be put to sleep and woken again.
 */
final class BriefLock extends ReentrantLock {

  private static final long serialVersionUID = 1L;

  /** More tries than this only help when the holder has lost its processor, and then not much. */
  private static final int TRIES = Runtime.getRuntime().availableProcessors() > 1 ? 64 : 1;

  @Override
  public void lock() {
    for (int i = 0; i < TRIES; i++) {
      if (tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    super.lock();
  }
}
