package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The methods of an executor that run several tasks in one call. */
abstract sealed class InvokingExecutor implements ExecutorService permits ManagedExecutor {

  private final TimeSource time;
  private final Saturation saturation;

  InvokingExecutor(ExecutorOptions options) {
    time = options.time();
    saturation = options.saturation();
  }

  /** Has the work accepted under the given policy, unless the caller is interrupted before. */
  abstract <T extends @Nullable Object> PooledTask<T> submitInterruptibly(
      Callable<T> work, Saturation saturation) throws InterruptedException;

  /**
   * Runs all and waits until all are done.
   *
   * @return futures in the order of the collection, all done
   * @throws InterruptedException if interrupted; what has not ended is cancelled
   * @throws TaskRejectedException if one was not accepted; the others are cancelled
   */
  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    var futures = new ArrayList<Future<T>>(tasks.size());
    try {
      for (var task : tasks) {
        futures.add(submitInterruptibly(task, saturation));
      }
      for (var future : futures) {
        settle(future);
      }
      return futures;
    } catch (Throwable failure) {
      cancel(futures);
      throw failure;
    }
  }

  private static void settle(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException | CancellationException outcome) {
      // the caller finds it in the future
    }
  }

  /**
   * Runs all and waits until all are done or the time is over; what has not ended by then is
   * cancelled.
   *
   * @return futures in the order of the collection, all done
   * @throws InterruptedException if interrupted; what has not ended is cancelled
   * @throws TaskRejectedException if one was not accepted, for another reason than the time; the
   *     others are cancelled
   */
  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    var deadline = deadlineAfter(timeout, unit);
    var futures = new ArrayList<Future<T>>(tasks.size());
    var accepted = new ArrayList<PooledTask<T>>(tasks.size());
    try {
      for (var task : tasks) {
        var pooled = accepted.size() < futures.size() ? null : submitUntil(deadline, task);
        if (pooled == null) { // the time is over, for this one and for those that follow
          futures.add(cancelled());
        } else {
          accepted.add(pooled);
          futures.add(pooled);
        }
      }
      for (var task : accepted) {
        if (!task.awaitUntil(time, deadline)) {
          break;
        }
      }
      cancel(futures); // which has no effect on those that are done
      return futures;
    } catch (Throwable failure) {
      cancel(futures);
      throw failure;
    }
  }

  private <T extends @Nullable Object> @Nullable PooledTask<T> submitUntil(
      long deadline, Callable<T> work) throws InterruptedException {
    try {
      return submitInterruptibly(work, saturationUntil(deadline));
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

  /**
   * Runs the tasks and returns the result of the first that succeeds; the others are cancelled.
   *
   * <p>Unlike {@code invokeAll} and {@link Task#get()}, a task of this executor that calls it does not
   * run what waits in the queue.
   *
   * @throws ExecutionException if none succeeds; the cause is the last failure
   * @throws InterruptedException if interrupted; all are cancelled
   * @throws IllegalArgumentException if there are no tasks
   * @throws TaskRejectedException if one was not accepted; the others are cancelled
   */
  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    var race = new Race<T>(tasks);
    try {
      for (var task : tasks) {
        if (!race.isOpen()) {
          race.add(submitInterruptibly(task, saturation));
        }
      }
      race.await(time);
      return race.result();
    } finally {
      cancel(race.tasks);
    }
  }

  /**
   * Runs the tasks and returns the result of the first that succeeds in time; the others are
   * cancelled.
   *
   * @throws ExecutionException if none succeeds; the cause is the last failure
   * @throws TimeoutException if none has succeeded before the time is over
   * @throws InterruptedException if interrupted; all are cancelled
   * @throws IllegalArgumentException if there are no tasks
   * @throws TaskRejectedException if one was not accepted; the others are cancelled
   */
  @Override
  public <T extends @Nullable Object> T invokeAny(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    var deadline = deadlineAfter(timeout, unit);
    var race = new Race<T>(tasks);
    try {
      for (var task : tasks) {
        if (!race.isOpen()) {
          race.add(submitInterruptibly(task, saturationUntil(deadline)));
        }
      }
      if (!race.awaitUntil(time, deadline)) {
        throw new TimeoutException("none of " + tasks.size() + " tasks succeeded in time");
      }
      return race.result();
    } finally {
      cancel(race.tasks);
    }
  }

  private long deadlineAfter(long timeout, TimeUnit unit) {
    return time.deadlineAfter(Duration.ofNanos(unit.toNanos(timeout)));
  }

  private Saturation saturationUntil(long deadline) {
    return saturation.atMost(Duration.ofNanos(deadline - time.nanoTime()));
  }

  private static void cancel(List<? extends Future<?>> futures) {
    futures.forEach(future -> future.cancel(true));
  }

  /** Tasks of which the first success wins; opens when that is known. */
  private static final class Race<T extends @Nullable Object> extends Latch {

    private final List<Task<T>> tasks = new ArrayList<>();
    private final AtomicInteger undecided;
    private final AtomicReference<@Nullable Task<T>> winner = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> lastFailure = new AtomicReference<>();

    Race(Collection<? extends Callable<T>> works) {
      if (works.isEmpty()) {
        throw new IllegalArgumentException("tasks must not be empty");
      }
      undecided = new AtomicInteger(works.size());
    }

    void add(Task<T> task) {
      tasks.add(task);
      task.whenDone((result, failure) -> ended(task, failure));
    }

    private void ended(Task<T> task, @Nullable Throwable failure) {
      if (failure == null) {
        if (winner.compareAndSet(null, task)) {
          open();
        }
        return;
      }
      lastFailure.set(failure);
      if (undecided.decrementAndGet() == 0) {
        open();
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
