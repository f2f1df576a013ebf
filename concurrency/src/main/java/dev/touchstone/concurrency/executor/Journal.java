package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens in an executor: for the counters, for the flight recorder, and for the
 * listeners. Never called under a lock.
 */
final class Journal {

  private static final Logger log = LoggerFactory.getLogger(ManagedExecutor.class);

  private final ExecutorOptions options;
  private final @Nullable ExecutorListener listener;
  private final Counters counters = new Counters();

  Journal(ExecutorOptions options) {
    this.options = options;
    listener = options.listener();
  }

  Counters counters() {
    return counters;
  }

  /** Returns what the submitter is told. */
  TaskRejectedException rejected(
      RejectionReason reason, int active, int queued, @Nullable Throwable cause) {
    counters.rejected(reason);
    var rejected = new TaskRejectedException(options.name(), reason, active, queued, cause);
    TaskRejectedEvent.record(rejected);
    if (listener != null) {
      tell(listener, new ExecutorEvent.Rejected(rejected));
    }
    return rejected;
  }

  void started(Object work, long waitedNanos) {
    if (listener != null) {
      var waited = Duration.ofNanos(Math.max(0, waitedNanos));
      tell(listener, new ExecutorEvent.Started(options.name(), work, waited));
    }
  }

  /** Called before the result can be seen. */
  void ends(TaskOutcome outcome, @Nullable Throwable failure) {
    counters.ended(outcome);
    if (failure != null) {
      TaskFailedEvent.record(options.name(), failure);
    }
  }

  /** Returns whether somebody wants to know what started and ended. */
  boolean isHeard() {
    return listener != null;
  }

  /** Called after the result could be seen. */
  void ended(Object work, TaskOutcome outcome, long ranNanos, @Nullable Throwable failure) {
    if (listener != null) {
      var ran = Duration.ofNanos(Math.max(0, ranNanos));
      var maybe = Optional.ofNullable(failure);
      tell(listener, new ExecutorEvent.Ended(options.name(), work, outcome, ran, maybe));
    }
  }

  private void tell(ExecutorListener listener, ExecutorEvent event) {
    try {
      listener.happened(event);
    } catch (Throwable broken) {
      report(broken);
    }
  }

  /** Tells the failure listener, whatever it does. */
  @SuppressWarnings("ReferenceEquality") // a throwable must not suppress itself
  void report(Throwable failure) {
    try {
      options.failureListener().failed(options.name(), failure);
    } catch (Throwable broken) {
      if (broken != failure) {
        broken.addSuppressed(failure);
      }
      log.error("The failure listener of executor '{}' failed", options.name(), broken);
    }
  }
}
