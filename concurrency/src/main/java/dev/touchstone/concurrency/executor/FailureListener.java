package dev.touchstone.concurrency.executor;

import org.slf4j.LoggerFactory;

/**
 * Receives failures that no result can carry: of tasks given to {@code execute}, of callbacks, and
 * of cancelled tasks that failed later for another reason than the interruption.
 *
 * <p>Called on the thread where the failure happened. Implementations must be safe for use by
 * several threads; what they throw is logged.
 */
@FunctionalInterface
public interface FailureListener {

  /**
   * Called once for each failure.
   *
   * @param executor the name of the executor
   * @param failure what was thrown
   */
  void failed(String executor, Throwable failure);

  /**
   * Returns the default: an error in the log of this class, then the uncaught exception handler of
   * the thread or of all threads, if somebody has set one.
   */
  static FailureListener logging() {
    return (executor, failure) -> {
      LoggerFactory.getLogger(FailureListener.class)
          .error("Nobody waits for this failure in executor '{}'", executor, failure);
      var thread = Thread.currentThread();
      var handler = thread.getUncaughtExceptionHandler();
      if (handler instanceof ThreadGroup) {
        handler = Thread.getDefaultUncaughtExceptionHandler(); // else the group prints it again
      }
      if (handler != null) {
        handler.uncaughtException(thread, failure);
      }
    };
  }
}
