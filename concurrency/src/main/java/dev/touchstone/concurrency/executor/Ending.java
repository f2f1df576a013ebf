package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings an executor to its end: lets run what was accepted, or cancels it. */
final class Ending {

  /** How long a drain waits for tasks that it has cancelled. */
  private static final Duration SETTLE = Duration.ofMillis(250);

  private final ExecutorState state;
  private final Dispatcher dispatcher;
  private final Reports reports;
  private final TimeSource time;
  private final Latch terminated;

  Ending(ExecutorState state, Dispatcher dispatcher, Reports reports) {
    this.state = state;
    this.dispatcher = dispatcher;
    this.reports = reports;
    time = dispatcher.time();
    terminated = dispatcher.terminated();
  }

  /** Closes admission: waiting submitters are rejected, accepted tasks still run. */
  void shutdown() {
    var now = time.nanoTime();
    var followUp = new FollowUp();
    state.lock.lock();
    try {
      state.shutDown(followUp);
      state.dispatch(followUp, now);
      followUp.retired.addAll(state.idle.clear());
    } finally {
      state.lock.unlock();
    }
    dispatcher.carryOut(followUp);
  }

  /** Closes admission, and cancels what is queued and what runs. */
  Stopped stop() {
    var followUp = new FollowUp();
    List<PooledTask<?>> queued;
    var running = new ArrayList<PooledTask<?>>();
    state.lock.lock();
    try {
      state.shutDown(followUp);
      followUp.retired.addAll(state.idle.clear());
      queued = state.queue.clear();
      for (var worker : state.workers) {
        if (worker.task != null) {
          running.add(worker.task);
        }
      }
    } finally {
      state.lock.unlock();
    }
    var interrupted = 0;
    var neverStarted = new ArrayList<Runnable>();
    for (var task : running) {
      if (task.cancelUnstarted()) {
        neverStarted.add(task.asSubmitted()); // a worker had it but did not get to start it
      } else if (task.cancel(true)) {
        interrupted++;
      }
    }
    for (var task : queued) {
      if (task.cancelUnstarted()) {
        neverStarted.add(task.asSubmitted());
      }
    }
    dispatcher.carryOut(followUp);
    return new Stopped(interrupted, neverStarted);
  }

  /** What a stop has cancelled. */
  record Stopped(int interrupted, List<Runnable> neverStarted) {}

  DrainReport drain(Duration grace) {
    var counters = dispatcher.journal().counters();
    var endedBefore = counters.endedByThemselves();
    var interrupted = false;
    if (grace.isPositive()) {
      shutdown();
      try {
        awaitTermination(grace);
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    var stopped = isTerminated() ? new Stopped(0, List.of()) : stop();
    var deadline = time.deadlineAfter(SETTLE);
    while (!isTerminated() && deadline - time.nanoTime() > 0) {
      try {
        terminated.awaitUntil(time, deadline);
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    var stuck = reports.running();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new DrainReport(
        counters.endedByThemselves() - endedBefore,
        stopped.interrupted(),
        stopped.neverStarted(),
        stuck);
  }

  boolean awaitTermination(Duration limit) throws InterruptedException {
    return terminated.awaitUntil(time, time.deadlineAfter(limit));
  }

  boolean isShutdown() {
    state.lock.lock();
    try {
      return state.isShutDown;
    } finally {
      state.lock.unlock();
    }
  }

  boolean isTerminated() {
    return terminated.isOpen();
  }
}
