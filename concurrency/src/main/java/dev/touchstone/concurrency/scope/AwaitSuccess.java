package dev.touchstone.concurrency.scope;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for all, until one fails. */
final class AwaitSuccess<T extends @Nullable Object> implements Joiner<T, @Nullable Void> {

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  @Override
  public boolean onComplete(Subtask<? extends T> subtask) {
    return subtask.state() == Subtask.State.FAILED
        && failure.compareAndSet(null, subtask.exception());
  }

  @Override
  public @Nullable Void result() throws Throwable {
    var first = failure.get();
    if (first != null) {
      throw first;
    }
    return null;
  }
}
