package dev.touchstone.concurrency.scope;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers all results, until one fails. */
final class AllSuccessful<T extends @Nullable Object> implements Joiner<T, List<T>> {

  private final AwaitSuccess<T> success = new AwaitSuccess<>();
  private final List<Subtask<? extends T>> forked = new ArrayList<>();

  @Override
  public boolean onFork(Subtask<? extends T> subtask) {
    forked.add(subtask);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<? extends T> subtask) {
    return success.onComplete(subtask);
  }

  @Override
  public List<T> result() throws Throwable {
    success.result();
    return forked.stream().<T>map(Subtask::get).toList();
  }
}
