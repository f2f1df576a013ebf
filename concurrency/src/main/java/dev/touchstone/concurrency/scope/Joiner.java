package dev.touchstone.concurrency.scope;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a {@link TaskScope} has what it needs, and makes its result.
 *
 * <p>One that keeps the results that are there when the time is over:
 * {@snippet class="dev.touchstone.concurrency.scope.SnippetsTest" region="joiner"}
 *
 * <p>A joiner serves one scope. {@code onComplete} is called by the threads of the subtasks, at the
 * same time; the other methods by the owner of the scope. All should be short. What {@code
 * onComplete} throws cancels the scope and is the cause of the exception of {@code join}.
 *
 * @param <T> the type of the results of subtasks
 * @param <R> the type of the result of the scope
 */
public interface Joiner<T extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Called for each subtask before it starts.
   *
   * @return whether to cancel the scope now
   */
  default boolean onFork(Subtask<? extends T> subtask) {
    return false;
  }

  /**
   * Called for each subtask that succeeded or failed before the scope was cancelled.
   *
   * @return whether to cancel the scope now, because the result is clear
   */
  default boolean onComplete(Subtask<? extends T> subtask) {
    return false;
  }

  /**
   * Called by {@code join} before {@link #result} when the deadline has come. Returns normally if
   * there is a result all the same.
   *
   * @throws ScopeTimeoutException by default
   */
  default void onTimeout() {
    throw new ScopeTimeoutException();
  }

  /**
   * Returns the result, when all subtasks have ended or the scope was cancelled.
   *
   * @throws Throwable if there is none; it becomes the cause of a {@link FailedException}
   */
  R result() throws Throwable;

  /**
   * Returns a joiner for the results of all subtasks in the order of their fork; the first failure
   * cancels the scope, and {@code join} throws it.
   */
  static <T extends @Nullable Object> Joiner<T, List<T>> allSuccessfulOrThrow() {
    return new AllSuccessful<>();
  }

  /**
   * Returns a joiner for the first result, which cancels the scope; if all fail, {@code join} throws
   * the first failure. The failures of others are of no interest if one succeeds.
   */
  static <T extends @Nullable Object> Joiner<T, T> anySuccessfulOrThrow() {
    return new AnySuccessful<>();
  }

  /**
   * Returns a joiner that waits for all subtasks to succeed; the first failure cancels the scope,
   * and {@code join} throws it. For subtasks that work by side effect, or have results of different
   * types.
   */
  static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAllSuccessfulOrThrow() {
    return new AwaitSuccess<>();
  }

  /** Returns a joiner that waits for all subtasks, however they end: ask each for its state. */
  static <T extends @Nullable Object> Joiner<T, @Nullable Void> awaitAll() {
    return () -> null;
  }

  /**
   * Returns a joiner for all subtasks in the order of their fork, which cancels the scope when the
   * condition is true for one that completed.
   *
   * @param isDone called by the threads of the subtasks, at the same time
   */
  static <T extends @Nullable Object> Joiner<T, List<Subtask<T>>> allUntil(
      Predicate<? super Subtask<? extends T>> isDone) {
    return new AllUntil<>(requireNonNull(isDone, "isDone"));
  }
}
