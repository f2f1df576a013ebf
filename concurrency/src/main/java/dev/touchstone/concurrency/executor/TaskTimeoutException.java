package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What a task fails with that ran for longer than {@link ManagedExecutor.Builder#runTimeout} allows.
 *
 * <p>The work has been interrupted. It may have had effects, and it may still run if it ignores the
 * interruption.
 */
public final class TaskTimeoutException extends TimeoutException {

  private static final long serialVersionUID = 1L;

  private final String executor;
  private final Duration limit;

  TaskTimeoutException(String executor, String task, Duration limit) {
    super("task '%s' ran in executor '%s' for longer than its runTimeout of %s and was interrupted"
        .formatted(task, executor, limit));
    this.executor = executor;
    this.limit = limit;
  }

  /** Returns the name of the executor. */
  public String executor() {
    return executor;
  }

  /** Returns how long the work was allowed to run. */
  public Duration limit() {
    return limit;
  }
}
