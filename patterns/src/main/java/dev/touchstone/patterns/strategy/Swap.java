package dev.touchstone.patterns.strategy;

import java.time.Duration;
import java.util.Optional;

/** The end of a value that was replaced. Safe for use by several threads. */
public sealed interface Swap permits Generation {

  /**
   * Waits until the old value is out of use and closed.
   *
   * <p>A thread that holds a lease of the old value waits in vain.
   *
   * @param limit how long to wait at most
   * @return whether that was so in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean await(Duration limit) throws InterruptedException;

  /** Returns whether the old value is out of use and closed. */
  boolean isDone();

  /** Returns what closing the old value threw; empty if it was not closed yet, or did not throw. */
  Optional<Throwable> closeFailure();
}
