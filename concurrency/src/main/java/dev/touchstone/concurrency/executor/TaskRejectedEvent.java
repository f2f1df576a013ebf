package dev.touchstone.concurrency.executor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Recorded for each task that an executor does not accept. */
@Name("touchstone.TaskRejected")
@Label("Task Rejected")
@Category({"Touchstone", "Executor"})
@Description("A ManagedExecutor did not accept a task")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TaskRejectedEvent extends Event {

  @Label("Executor")
  private final String executor;

  @Label("Reason")
  private final String reason;

  @Label("Active Tasks")
  private final int active;

  @Label("Queued Tasks")
  private final int queued;

  private TaskRejectedEvent(TaskRejectedException rejected) {
    executor = rejected.executor();
    reason = rejected.reason().name();
    active = rejected.active();
    queued = rejected.queued();
  }

  static void record(TaskRejectedException rejected) {
    var event = new TaskRejectedEvent(rejected);
    if (event.shouldCommit()) {
      event.commit();
    }
  }
}
