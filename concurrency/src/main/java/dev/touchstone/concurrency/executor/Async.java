package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Combines futures, such as those of {@linkplain Task#toCompletableFuture tasks}.
 *
 * <p>This asks a second server when the first has not answered within 50 ms, and uses the answer
 * that comes first:
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="hedge"}
 *
 * <p>Whenever a future that is returned here completes, in whatever way, its sources that are not
 * done are cancelled; that of a task cancels the task, with interruption. Nothing here blocks.
 */
public final class Async {

  private Async() {}

  /**
   * Returns the results of all in the order of the list, or fails as soon as one fails.
   *
   * <p>Further failures are suppressed exceptions of the first; cancellations that follow from it
   * are not.
   *
   * @param sources may be empty, for an empty list of results
   */
  public static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      List<CompletableFuture<T>> sources) {
    var futures = List.copyOf(sources);
    var combined = combinationOf(futures, new CompletableFuture<List<T>>());
    var first = new AtomicReference<@Nullable Throwable>();
    var pending = new AtomicInteger(futures.size());
    if (futures.isEmpty()) {
      combined.complete(List.of());
    }
    for (var future : futures) {
      onEnd(future, (result, failure) -> {
        if (failure != null) {
          if (first.compareAndSet(null, failure)) {
            combined.completeExceptionally(failure);
          } else {
            suppress(requireNonNull(first.get()), failure);
          }
        } else if (pending.decrementAndGet() == 0) {
          combined.complete(futures.stream().map(CompletableFuture::join).toList());
        }
      });
    }
    return combined;
  }

  /**
   * Returns the first success, or fails when all have failed, with the first failure; the others are
   * its suppressed exceptions.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static <T extends @Nullable Object> CompletableFuture<T> any(
      List<CompletableFuture<T>> sources) {
    var futures = notEmpty(sources);
    var combined = combinationOf(futures, new CompletableFuture<T>());
    var first = new AtomicReference<@Nullable Throwable>();
    var pending = new AtomicInteger(futures.size());
    for (var future : futures) {
      onEnd(future, (result, failure) -> {
        if (failure == null) {
          combined.complete(result);
          return;
        }
        if (!first.compareAndSet(null, failure)) {
          suppress(requireNonNull(first.get()), failure);
        }
        if (pending.decrementAndGet() == 0) {
          combined.completeExceptionally(requireNonNull(first.get()));
        }
      });
    }
    return combined;
  }

  /**
   * Returns what comes first, a result or a failure.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static <T extends @Nullable Object> CompletableFuture<T> race(
      List<CompletableFuture<T>> sources) {
    var futures = notEmpty(sources);
    var combined = combinationOf(futures, new CompletableFuture<T>());
    futures.forEach(future -> pass(future, combined));
    return combined;
  }

  /**
   * Returns what the source gives within the time, or fails with a {@link TimeoutException}.
   *
   * @param limit zero or negative fails at once, unless the source is done
   * @param time measures the limit
   */
  public static <T extends @Nullable Object> CompletableFuture<T> timeout(
      CompletableFuture<T> source, Duration limit, TimeSource time) {
    requireNonNull(limit, "limit");
    var combined = combinationOf(List.of(source), new CompletableFuture<T>());
    pass(source, combined);
    if (!combined.isDone()) {
      var late = new TimeoutException("no result within " + limit);
      var timer = time.schedule(() -> combined.completeExceptionally(late), limit);
      onEnd(combined, (result, failure) -> timer.cancel());
    }
    return combined;
  }

  /**
   * Runs the work and, if it has not ended after the delay, once more beside that; returns the first
   * success of the two.
   *
   * <p>The work has to be safe to run twice. If the first attempt fails before the delay is over,
   * there is no second; if both fail, the failure is that of the first to fail, with the other one
   * suppressed. If the executor has no place for the second attempt at once, the first stands alone.
   *
   * @throws TaskRejectedException if the executor does not accept the first attempt
   */
  public static <T extends @Nullable Object> CompletableFuture<T> hedge(
      ManagedExecutor executor, Duration delay, Callable<T> work) {
    requireNonNull(delay, "delay");
    var first = executor.submit(work).toCompletableFuture();
    var second = new CompletableFuture<T>();
    var context = executor.capture();
    var timer =
        executor.time().schedule(() -> startHedge(executor, work, context, first, second), delay);
    onEnd(first, (result, failure) -> {
      if (timer.cancel()) {
        pass(first, second); // there will be no second attempt, so it ends as the first did
      }
    });
    return any(List.of(first, second));
  }

  private static <T extends @Nullable Object> void startHedge(
      ManagedExecutor executor,
      Callable<T> work,
      Snapshot context,
      CompletableFuture<T> first,
      CompletableFuture<T> second) {
    try {
      var task = executor.submitAtOnce(work, work, context);
      pass(task.toCompletableFuture(), second);
      onEnd(second, (result, failure) -> task.cancel(true));
    } catch (TaskRejectedException full) {
      pass(first, second); // the first stands alone, so the second ends as it does
    } catch (Throwable broken) { // the priority of the executor is code of the user
      second.completeExceptionally(broken);
    }
  }

  private static <T extends @Nullable Object> List<CompletableFuture<T>> notEmpty(
      List<CompletableFuture<T>> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources must not be empty");
    }
    return List.copyOf(sources);
  }

  private static <R extends @Nullable Object> CompletableFuture<R> combinationOf(
      List<? extends CompletableFuture<?>> sources, CompletableFuture<R> combined) {
    onEnd(combined, (result, failure) -> sources.forEach(source -> source.cancel(true)));
    return combined;
  }

  private static <T extends @Nullable Object> void pass(
      CompletableFuture<T> from, CompletableFuture<T> to) {
    onEnd(from, (result, failure) -> {
      if (failure == null) {
        to.complete(result);
      } else {
        to.completeExceptionally(failure);
      }
    });
  }

  @SuppressWarnings("ReferenceEquality") // a throwable must not suppress itself
  private static void suppress(Throwable first, Throwable further) {
    if (first != further && !(further instanceof CancellationException)) {
      first.addSuppressed(further);
    }
  }

  /** Receives a result, or null and what was thrown. */
  @FunctionalInterface
  private interface Ending<T extends @Nullable Object> {

    void ended(T result, @Nullable Throwable failure);
  }

  private static <T extends @Nullable Object> void onEnd(
      CompletableFuture<T> future, Ending<? super T> ending) {
    var unused = future.whenComplete((result, failure) -> ending.ended(
        result, failure instanceof CompletionException wrapped ? causeOf(wrapped) : failure));
  }

  private static Throwable causeOf(CompletionException wrapped) {
    var cause = wrapped.getCause();
    return cause == null ? wrapped : cause;
  }
}
