package dev.touchstone.concurrency.executor;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of an executor, or a caller that runs a task in its place. */
final class Worker implements Runnable {

  /** The value of {@link #idleAt} outside of {@link IdleWorkers}. */
  static final int NOT_IDLE = -1;

  /** How often an idle worker lets others go first before it parks or ends. */
  private static final int YIELDS = 2;

  /** The worker that the current thread is, for a task that waits for another one. */
  private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

  private final Dispatcher dispatcher;

  /** Set before the thread starts. */
  volatile @Nullable Thread thread;

  /** These two are guarded by the lock of the executor. */
  @Nullable
  PooledTask<?> task;

  int idleAt = NOT_IDLE;

  /** What the thread was before it ran a task in place of a worker; used by that thread only. */
  private @Nullable Worker outer;

  /** What an idle worker waits for: a task, or to be told that there will be none. */
  private volatile @Nullable PooledTask<?> handedOver;

  private volatile boolean isRetired;
  private volatile boolean isParked;

  Worker(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Returns the task that the current thread runs, the innermost if it runs several. */
  static @Nullable PooledTask<?> currentTask() {
    var worker = CURRENT.get();
    return worker == null ? null : worker.task;
  }

  void handOver(PooledTask<?> task) {
    handedOver = task;
  }

  /** Tells the worker that there will be no task for it any more. */
  void dismiss() {
    isRetired = true;
  }

  /** Wakes the thread if it sleeps; one that is about to sleep looks once more before. */
  void wake() {
    if (isParked) {
      LockSupport.unpark(thread);
    }
  }

  /** Runs the task on a thread that is no worker, or that of another task. */
  void runHere(PooledTask<?> task) {
    outer = CURRENT.get();
    CURRENT.set(this);
    try {
      task.run();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /** Returns whether a task was interrupted that waits on this thread for the one that ran here. */
  boolean isInterruptedFurtherOut() {
    for (var waiting = outer; waiting != null; waiting = waiting.outer) {
      if (waiting.task != null && waiting.task.wasInterrupted()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void run() {
    var finished = false;
    try {
      CURRENT.set(this);
      for (var next = awaitTask(); next != null; next = nextTask()) {
        next.run();
        Thread.interrupted(); // the next task starts with a clear flag
      }
      finished = true;
    } finally {
      if (!finished) {
        dispatcher.died(this);
      }
    }
  }

  private @Nullable PooledTask<?> nextTask() {
    var next = dispatcher.next(this);
    return next == null ? awaitTask() : next;
  }

  private @Nullable PooledTask<?> awaitTask() {
    letOthersGoFirst();
    if (!isCalled() && dispatcher.mayEnd(this)) {
      return null;
    }
    isParked = true;
    while (!isCalled()) {
      dispatcher.time().park(dispatcher);
      Thread.interrupted(); // a set flag would turn this loop into a spin
    }
    isParked = false;
    var called = handedOver;
    handedOver = null;
    if (called == null) {
      dispatcher.left(this);
    }
    return called;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on it
  private void letOthersGoFirst() {
    for (int yields = 0; yields < YIELDS && !isCalled(); yields++) {
      Thread.yield(); // cheaper than an end or a sleep if the next task is about to come
    }
  }

  private boolean isCalled() {
    return handedOver != null || isRetired;
  }
}
