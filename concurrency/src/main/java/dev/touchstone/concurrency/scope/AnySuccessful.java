package dev.touchstone.concurrency.scope;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Takes the first result. */
final class AnySuccessful<T extends @Nullable Object> implements Joiner<T, T> {

  private final AtomicReference<@Nullable Subtask<? extends T>> success = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  @Override
  public boolean onComplete(Subtask<? extends T> subtask) {
    if (subtask.state() == Subtask.State.SUCCESS) {
      return success.compareAndSet(null, subtask);
    }
    failure.compareAndSet(null, subtask.exception());
    return false;
  }

  @Override
  public T result() throws Throwable {
    var winner = success.get();
    if (winner != null) {
      return winner.get();
    }
    var first = failure.get();
    throw first != null ? first : new NoSuchElementException("no subtask has completed");
  }
}
