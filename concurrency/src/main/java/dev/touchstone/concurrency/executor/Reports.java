package dev.touchstone.concurrency.executor;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells what an executor does at one moment. */
final class Reports {

  private final ExecutorState state;
  private final Dispatcher dispatcher;

  Reports(ExecutorState state, Dispatcher dispatcher) {
    this.state = state;
    this.dispatcher = dispatcher;
  }

  String name() {
    return dispatcher.name();
  }

  ExecutorSnapshot snapshot() {
    var now = dispatcher.time().nanoTime();
    var counters = dispatcher.journal().counters();
    state.lock.lock();
    try {
      var oldest = state.queue.oldest();
      return new ExecutorSnapshot(
          dispatcher.name(),
          state.concurrency,
          state.active,
          state.queue.size(),
          state.submitters.size(),
          oldest == null ? Duration.ZERO : age(oldest, now),
          counters.count(TaskOutcome.COMPLETED),
          counters.count(TaskOutcome.FAILED),
          counters.count(TaskOutcome.CANCELLED),
          counters.count(TaskOutcome.EXPIRED),
          counters.count(TaskOutcome.TIMED_OUT),
          counters.countsOfRejected(),
          Duration.ofNanos(state.waitNanos),
          Duration.ofNanos(state.runNanos));
    } finally {
      state.lock.unlock();
    }
  }

  /** Returns the tasks that run now, the oldest first. */
  List<RunningTask> running() {
    var now = dispatcher.time().nanoTime();
    record Run(PooledTask<?> task, Thread thread, Duration age) {}
    var runs = new ArrayList<Run>();
    state.lock.lock();
    try {
      for (var worker : state.workers) {
        var task = worker.task;
        var thread = worker.thread;
        if (task != null && thread != null) {
          runs.add(new Run(task, thread, age(task, now)));
        }
      }
    } finally {
      state.lock.unlock();
    }
    return runs.stream()
        .map(run -> new RunningTask(
            run.task().name(),
            run.thread().getName(),
            run.age(),
            List.of(run.thread().getStackTrace())))
        .sorted(comparing(RunningTask::age).reversed())
        .toList();
  }

  /** Returns how long the task has waited, or run; a reading may be older than its start. */
  private static Duration age(PooledTask<?> task, long now) {
    return Duration.ofNanos(Math.max(0, now - task.since));
  }
}
