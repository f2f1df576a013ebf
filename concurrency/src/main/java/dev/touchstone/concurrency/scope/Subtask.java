package dev.touchstone.concurrency.scope;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that was forked in a {@link TaskScope}, and its result.
 *
 * <p>Safe for use by several threads; the owner of the scope reads results after {@code join}.
 *
 * @param <T> the type of the result
 */
public interface Subtask<T extends @Nullable Object> extends Supplier<T> {

  /** What became of a subtask. */
  enum State {
    /** It has no result: it has not ended, or the scope was cancelled before it ended. */
    UNAVAILABLE,
    /** It returned. */
    SUCCESS,
    /** It threw, or no thread could be had for it. */
    FAILED
  }

  /** Returns what became of it. */
  State state();

  /**
   * Returns the result.
   *
   * @throws IllegalStateException if the state is not {@code SUCCESS}, or if the owner of the scope
   *     asks before it has joined
   */
  @Override
  T get();

  /**
   * Returns what was thrown.
   *
   * @throws IllegalStateException if the state is not {@code FAILED}, or if the owner of the scope
   *     asks before it has joined
   */
  Throwable exception();
}
