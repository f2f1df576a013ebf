package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Ends tasks that wait or run for longer than they may. */
final class Timeouts {

  private final ExecutorState state;
  private final Dispatcher dispatcher;
  private final TimeSource time;
  private final @Nullable Watchdog waiting;
  private final @Nullable Watchdog running;

  Timeouts(ExecutorOptions options, ExecutorState state, Dispatcher dispatcher) {
    this.state = state;
    this.dispatcher = dispatcher;
    time = options.time();
    waiting = watchdog(options.queueTimeout(), this::expire);
    running = watchdog(options.runTimeout(), this::interrupt);
  }

  private @Nullable Watchdog watchdog(@Nullable Duration limit, Watchdog.Round round) {
    return limit == null ? null : new Watchdog(time, limit, round);
  }

  /** Called when a task may have joined the queue. */
  void queued() {
    if (waiting != null) {
      waiting.wake();
    }
  }

  /** Called when a task has started. */
  void started() {
    if (running != null) {
      running.wake();
    }
  }

  /** Expires a task that waited for too long before a worker took it, and returns whether it did. */
  boolean expires(PooledTask<?> task, long waitedNanos) {
    if (waiting == null || waitedNanos < waiting.limitNanos()) {
      return false;
    }
    task.expire(waiting.limit());
    return true;
  }

  private OptionalLong expire(long limit, Runnable sleep) {
    var now = time.nanoTime();
    var expired = new ArrayList<PooledTask<?>>();
    var followUp = new FollowUp();
    var next = OptionalLong.empty();
    state.lock.lock();
    try {
      for (var task = state.queue.oldest(); task != null; task = state.queue.oldest()) {
        if (now - task.since < limit) {
          next = OptionalLong.of(task.since + limit);
          break;
        }
        state.queue.remove(task);
        expired.add(task);
        followUp.admitted(state.admitOne(now));
      }
      if (next.isEmpty()) {
        sleep.run();
      }
    } finally {
      state.lock.unlock();
    }
    expired.forEach(task -> task.expire(Duration.ofNanos(limit)));
    dispatcher.carryOut(followUp);
    return next;
  }

  private OptionalLong interrupt(long limit, Runnable sleep) {
    var now = time.nanoTime();
    var late = new ArrayList<PooledTask<?>>();
    var next = OptionalLong.empty();
    state.lock.lock();
    try {
      for (var worker : state.workers) {
        var task = worker.task;
        if (task == null || task.isDone()) {
          continue;
        }
        var end = task.since + limit;
        if (end - now <= 0) {
          late.add(task);
        } else if (next.isEmpty() || end - next.getAsLong() < 0) {
          next = OptionalLong.of(end);
        }
      }
      if (next.isEmpty()) {
        sleep.run();
      }
    } finally {
      state.lock.unlock();
    }
    late.forEach(task -> task.timeOut(Duration.ofNanos(limit)));
    return next;
  }

  void close() {
    if (waiting != null) {
      waiting.close();
    }
    if (running != null) {
      running.close();
    }
  }
}
