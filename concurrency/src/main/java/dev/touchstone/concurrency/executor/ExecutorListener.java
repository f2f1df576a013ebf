package dev.touchstone.concurrency.executor;

/**
 * Hears of each task that a {@link ManagedExecutor} starts, ends or rejects.
 *
 * <p>This logs what was slow:
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="listener"}
 *
 * <p>Called on the thread where it happened: that of the task, of the submitter or of whoever
 * cancelled the task; of a timer for a task that ran out of time. It must be safe for use by several
 * threads, short, and must not wait. What it throws goes to the {@link FailureListener}, and has no
 * influence on the task.
 *
 * <p>The result of a task can be seen before its end is told here.
 */
@FunctionalInterface
public interface ExecutorListener {

  /** Called once for each event. */
  void happened(ExecutorEvent event);
}
