package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs several tasks of one call: {@code invokeAll} and {@code invokeAny}. */
final class Invocations {

  private final TimeSource time;
  private final Submission submission;

  Invocations(TimeSource time, Submission submission) {
    this.time = time;
    this.submission = submission;
  }

  /** Gives one task to the executor. */
  @FunctionalInterface
  interface Submission {

    <T extends @Nullable Object> Task<T> submit(Callable<T> work) throws InterruptedException;
  }

  /** Waits for all; on an interruption or rejection cancels all. */
  <T extends @Nullable Object> List<Future<T>> all(Collection<? extends Callable<T>> works)
      throws InterruptedException {
    var tasks = new ArrayList<Future<T>>(works.size());
    try {
      for (var work : works) {
        tasks.add(submission.submit(work));
      }
      for (var task : tasks) {
        settle(task);
      }
      return tasks;
    } catch (Throwable failure) {
      cancel(tasks);
      throw failure;
    }
  }

  private static void settle(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException | CancellationException outcome) {
      // the caller finds it in the future
    }
  }

  /** Waits for all until the deadline, then cancels the rest. */
  <T extends @Nullable Object> List<Future<T>> allUntil(
      Collection<? extends Callable<T>> works, long deadline) throws InterruptedException {
    var tasks = new ArrayList<Future<T>>(works.size());
    var isOver = false;
    try {
      for (var work : works) {
        var task = isOver ? null : submitInTime(work);
        isOver |= task == null;
        tasks.add(task == null ? cancelled() : task);
      }
      for (var task : tasks) {
        if (task instanceof PooledTask<?> pooled && !pooled.awaitUntil(time, deadline)) {
          break;
        }
      }
      cancel(tasks); // which has no effect on those that are done
      return tasks;
    } catch (Throwable failure) {
      cancel(tasks);
      throw failure;
    }
  }

  private <T extends @Nullable Object> @Nullable Task<T> submitInTime(Callable<T> work)
      throws InterruptedException {
    try {
      return submission.submit(work);
    } catch (TaskRejectedException rejected) {
      if (rejected.reason() == RejectionReason.TIMED_OUT) {
        return null;
      }
      throw rejected;
    }
  }

  private static <T extends @Nullable Object> Future<T> cancelled() {
    var future = new CompletableFuture<T>();
    future.cancel(false);
    return future;
  }

  /** Returns the first success, and cancels the rest. */
  <T extends @Nullable Object> T any(Collection<? extends Callable<T>> works)
      throws InterruptedException, ExecutionException {
    var race = new Race<T>(works);
    try {
      race.start(submission);
      race.decided.await(time);
      return race.result();
    } finally {
      cancel(race.tasks);
    }
  }

  /** Returns the first success until the deadline, and cancels the rest. */
  <T extends @Nullable Object> T anyUntil(Collection<? extends Callable<T>> works, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    var race = new Race<T>(works);
    try {
      race.start(submission);
      if (!race.decided.awaitUntil(time, deadline)) {
        throw new TimeoutException("none of " + works.size() + " tasks succeeded in time");
      }
      return race.result();
    } finally {
      cancel(race.tasks);
    }
  }

  private static void cancel(List<? extends Future<?>> tasks) {
    tasks.forEach(task -> task.cancel(true));
  }

  /** Tasks of which the first success wins; without one, the last failure. */
  private static final class Race<T extends @Nullable Object> {

    private final Collection<? extends Callable<T>> works;
    private final List<Task<T>> tasks = new ArrayList<>();
    private final AtomicInteger undecided;
    private final AtomicReference<@Nullable Task<T>> winner = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> lastFailure = new AtomicReference<>();
    private final Latch decided = new Latch();

    Race(Collection<? extends Callable<T>> works) {
      if (works.isEmpty()) {
        throw new IllegalArgumentException("tasks must not be empty");
      }
      this.works = works;
      undecided = new AtomicInteger(works.size());
    }

    void start(Submission submission) throws InterruptedException {
      for (var work : works) {
        if (decided.isOpen()) {
          return;
        }
        var task = submission.submit(work);
        tasks.add(task);
        task.whenDone((result, failure) -> ended(task, failure));
      }
    }

    private void ended(Task<T> task, @Nullable Throwable failure) {
      if (failure == null) {
        if (winner.compareAndSet(null, task)) {
          decided.open();
        }
        return;
      }
      lastFailure.set(failure);
      if (undecided.decrementAndGet() == 0) {
        decided.open();
      }
    }

    T result() throws ExecutionException {
      var task = winner.get();
      if (task == null) {
        throw new ExecutionException(lastFailure.get());
      }
      return task.join();
    }
  }
}
