package dev.touchstone.concurrency.keyed;

import dev.touchstone.concurrency.executor.Task;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import dev.touchstone.concurrency.waiting.Turns;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One execution, and those who wait for it. */
final class Flight<V extends @Nullable Object> {

  private final ReentrantLock guard = new ReentrantLock();

  /** All guarded by the guard. */
  private final Turns<Turn> waiting = new Turns<>(guard);

  private int passengers = 1; // whoever starts it

  private boolean isAbandoned;
  private @Nullable Result<V> result;
  private @Nullable Task<?> task;

  private volatile @Nullable Thread runner;

  /** How it ended. */
  record Result<V extends @Nullable Object>(
      @Nullable V value, @Nullable Throwable failure) {

    @SuppressWarnings("NullAway") // without a failure the value is a V
    V get() throws ExecutionException {
      if (failure != null) {
        throw new ExecutionException(failure);
      }
      return value;
    }
  }

  V run(Callable<? extends V> work) throws Exception {
    runner = Thread.currentThread();
    try {
      return work.call();
    } finally {
      runner = null;
    }
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself
  boolean isRunBy(Thread thread) {
    return runner == thread;
  }

  /** Returns whether the caller may wait for it: false if it has ended or was abandoned. */
  boolean join() {
    guard.lock();
    try {
      if (isAbandoned || result != null) {
        return false;
      }
      passengers++;
      return true;
    } finally {
      guard.unlock();
    }
  }

  /** Called by the passenger that started it, before it waits or leaves. */
  void startedAs(Task<?> task) {
    guard.lock();
    try {
      this.task = task;
    } finally {
      guard.unlock();
    }
  }

  /** Returns the task to cancel if this was the last passenger of a flight that has not ended. */
  @Nullable
  Task<?> leave() {
    guard.lock();
    try {
      passengers--;
      if (passengers > 0 || result != null) {
        return null;
      }
      isAbandoned = true;
      return task;
    } finally {
      guard.unlock();
    }
  }

  /** Waits until it has ended or was abandoned; false if the patience was over before. */
  boolean await(Patience patience, Object blocker) throws InterruptedException {
    Turn turn;
    guard.lock();
    try {
      if (isAbandoned || result != null) {
        return true;
      }
      turn = Turn.create();
      waiting.add(turn);
    } finally {
      guard.unlock();
    }
    return waiting.await(turn, patience, blocker);
  }

  /** Returns how it ended; null if it was abandoned. */
  @Nullable
  Result<V> result() {
    guard.lock();
    try {
      return result;
    } finally {
      guard.unlock();
    }
  }

  void land(@Nullable V value, @Nullable Throwable failure) {
    end(new Result<>(value, failure));
  }

  /** Ends it before it started. */
  void abandon() {
    end(null);
  }

  private void end(@Nullable Result<V> how) {
    guard.lock();
    try {
      result = how;
      isAbandoned = how == null;
      waiting.pollAll().forEach(Turn::call);
    } finally {
      guard.unlock();
    }
  }
}
