package dev.touchstone.concurrency.sync;

import java.util.List;

/**
 * Locks that tell who waits for them, to be watched by a {@link StallDetector}.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface LockWaits {

  /** Returns the waits of this moment; does not block for longer than it takes to copy them. */
  List<LockWait> lockWaits();
}
