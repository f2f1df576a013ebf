package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits that end in time and are not cut short: the end of a plugin must be carried through. */
final class Waiting {

  /** Waits up to a number of nanoseconds. */
  @FunctionalInterface
  interface Wait {
    boolean await(long nanos) throws InterruptedException;
  }

  private Waiting() {}

  /** Returns what the wait returns; an interrupt is kept for afterwards. */
  static boolean uninterruptibly(Duration limit, Wait wait) {
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await(Math.max(0, end - System.nanoTime()));
        } catch (InterruptedException e) {
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
