package dev.touchstone.concurrency.executor;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@link ManagedExecutor} did not accept a task. The task will not run. */
public final class TaskRejectedException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  private final String executor;
  private final RejectionReason reason;
  private final int active;
  private final int queued;

  TaskRejectedException(
      String executor, RejectionReason reason, int active, int queued, @Nullable Throwable cause) {
    super(message(executor, reason, active, queued), cause);
    this.executor = executor;
    this.reason = reason;
    this.active = active;
    this.queued = queued;
  }

  private static String message(String executor, RejectionReason reason, int active, int queued) {
    var what = switch (reason) {
      case SATURATED -> "is full; submit less, or choose a larger queue or another Saturation";
      case TIMED_OUT -> "had no place in time; submit less, or wait longer";
      case INTERRUPTED -> "had no place before the submitter was interrupted";
      case SHUT_DOWN -> "is shut down; submit before close, or stop the submitters first";
      case NO_THREAD -> "could not start a thread; see the cause";
    };
    return "executor '%s' %s (%d active, %d queued)".formatted(executor, what, active, queued);
  }

  /** Returns the name of the executor. */
  public String executor() {
    return executor;
  }

  /** Returns why the task was not accepted. */
  public RejectionReason reason() {
    return reason;
  }

  /** Returns how many tasks were running at that moment. */
  public int active() {
    return active;
  }

  /** Returns how many tasks were queued at that moment. */
  public int queued() {
    return queued;
  }
}
