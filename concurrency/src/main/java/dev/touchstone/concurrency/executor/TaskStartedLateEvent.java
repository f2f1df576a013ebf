package dev.touchstone.concurrency.executor;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** Recorded for each task that waited for longer than the threshold of the event. */
@Name("touchstone.TaskStartedLate")
@Label("Task Started Late")
@Category({"Touchstone", "Executor"})
@Description("A task of a ManagedExecutor waited for a long time between submission and start")
@Threshold("100 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TaskStartedLateEvent extends Event {

  @Label("Executor")
  private @Nullable String executor;

  @Label("Task")
  private @Nullable String task;

  /** Returns an event that measures time from now on; null if it is not being recorded. */
  static @Nullable TaskStartedLateEvent start() {
    if (!FlightRecorder.isInitialized()) { // the first event of a class would start it
      return null;
    }
    var event = new TaskStartedLateEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  /** Ends the measurement, and records it if it took long enough. */
  static void stop(@Nullable TaskStartedLateEvent event, String executor, PooledTask<?> task) {
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.executor = executor;
        event.task = task.name();
        event.commit();
      }
    }
  }
}
