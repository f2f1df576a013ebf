package dev.touchstone.concurrency.executor;

import static java.util.stream.Collectors.joining;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Recorded in each period for each task that has been running for 10 s or longer. */
@Name("touchstone.TaskStalled")
@Label("Task Stalled")
@Category({"Touchstone", "Executor"})
@Description("A task of a ManagedExecutor has been running for 10 s or longer")
@Period("10 s")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TaskStalledEvent extends Event {

  /*
   * The flight recorder asks, and only while it records this event: an executor that is not recorded
   * does nothing for it but be in the list. It is held weakly, because nobody has to close it.
   */

  private static final Duration LONG = Duration.ofSeconds(10);

  private static final Queue<WeakReference<Reports>> watched = watch();

  @Label("Executor")
  private final String executor;

  @Label("Task")
  private final String task;

  @Label("Thread")
  private final String thread;

  @Label("Age")
  @Timespan(Timespan.NANOSECONDS)
  private final long age;

  @Label("Stack")
  private final String stack;

  private TaskStalledEvent(String executor, RunningTask running) {
    this.executor = executor;
    task = running.name();
    thread = running.thread();
    age = running.age().toNanos();
    stack = running.stack().stream().map(Object::toString).collect(joining("\n"));
  }

  /** Waits for the flight recorder, because asking it for something starts it, which takes time. */
  private static Queue<WeakReference<Reports>> watch() {
    var isAdded = new AtomicBoolean();
    Runnable add = () -> {
      if (FlightRecorder.isInitialized() && isAdded.compareAndSet(false, true)) {
        FlightRecorder.addPeriodicEvent(TaskStalledEvent.class, TaskStalledEvent::recordAll);
      }
    };
    FlightRecorder.addListener(new FlightRecorderListener() {
      @Override
      public void recorderInitialized(FlightRecorder recorder) {
        add.run();
      }
    });
    add.run();
    return new ConcurrentLinkedQueue<>();
  }

  /** Has the tasks of an executor recorded from now on. */
  static void watch(Reports reports) {
    watched.removeIf(reference -> reference.refersTo(null));
    watched.add(new WeakReference<>(reports));
  }

  private static void recordAll() {
    for (var reference : watched) {
      var reports = reference.get();
      if (reports != null) {
        record(reports);
      }
    }
  }

  private static void record(Reports reports) {
    for (var running : reports.running()) {
      if (running.age().compareTo(LONG) >= 0) {
        new TaskStalledEvent(reports.name(), running).commit();
      }
    }
  }
}
