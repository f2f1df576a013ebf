package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What a task fails with that waited in the queue for longer than {@link
 * ManagedExecutor.Builder#queueTimeout} allows.
 *
 * <p>The work has not started and never will: it can safely be submitted again.
 */
public final class TaskExpiredException extends TimeoutException {

  private static final long serialVersionUID = 1L;

  private final String executor;
  private final Duration limit;

  TaskExpiredException(String executor, String task, Duration limit) {
    super(
        "task '%s' waited in executor '%s' for longer than its queueTimeout of %s and was not run;"
                .formatted(task, executor, limit)
            + " submit less, or raise concurrency or queueTimeout");
    this.executor = executor;
    this.limit = limit;
  }

  /** Returns the name of the executor. */
  public String executor() {
    return executor;
  }

  /** Returns how long the task was allowed to wait. */
  public Duration limit() {
    return limit;
  }
}
