package dev.touchstone.concurrency.executor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens in an executor: for the counters, for the flight recorder, and for the
 * listener of failures. Never called under a lock.
 */
final class Journal {

  private static final Logger log = LoggerFactory.getLogger(ManagedExecutor.class);

  private final String executor;
  private final FailureListener failureListener;
  private final Counters counters = new Counters();

  Journal(ExecutorOptions options) {
    executor = options.name();
    failureListener = options.failureListener();
  }

  Counters counters() {
    return counters;
  }

  void completed() {
    counters.completed();
  }

  void failed(Throwable failure) {
    counters.failed();
    TaskFailedEvent.record(executor, failure);
  }

  void cancelled() {
    counters.cancelled();
  }

  /** Returns what the submitter is told. */
  TaskRejectedException rejected(
      RejectionReason reason, int active, int queued, @Nullable Throwable cause) {
    counters.rejected(reason);
    var rejected = new TaskRejectedException(executor, reason, active, queued, cause);
    TaskRejectedEvent.record(rejected);
    return rejected;
  }

  /** Tells the failure listener, whatever it does. */
  void report(Throwable failure) {
    try {
      failureListener.failed(executor, failure);
    } catch (Throwable broken) {
      broken.addSuppressed(failure);
      log.error("The failure listener of executor '{}' failed", executor, broken);
    }
  }
}
