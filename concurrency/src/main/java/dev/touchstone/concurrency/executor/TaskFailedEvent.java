package dev.touchstone.concurrency.executor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Recorded for each task that threw, expired, timed out, or could not have a thread. */
@Name("touchstone.TaskFailed")
@Label("Task Failed")
@Category({"Touchstone", "Executor"})
@Description("A task of a ManagedExecutor threw, expired or timed out")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TaskFailedEvent extends Event {

  @Label("Executor")
  private final String executor;

  @Label("Thrown Class")
  private final Class<?> thrown;

  private TaskFailedEvent(String executor, Class<?> thrown) {
    this.executor = executor;
    this.thrown = thrown;
  }

  static void record(String executor, Throwable failure) {
    var event = new TaskFailedEvent(executor, failure.getClass());
    if (event.shouldCommit()) {
      event.commit();
    }
  }
}
