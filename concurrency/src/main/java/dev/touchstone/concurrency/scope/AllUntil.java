package dev.touchstone.concurrency.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers all subtasks, until a condition holds. */
final class AllUntil<T extends @Nullable Object> implements Joiner<T, List<Subtask<T>>> {

  private final Predicate<? super Subtask<? extends T>> isDone;
  private final List<Subtask<T>> forked = new ArrayList<>();

  AllUntil(Predicate<? super Subtask<? extends T>> isDone) {
    this.isDone = isDone;
  }

  @Override
  @SuppressWarnings("unchecked") // a subtask only gives, so one of a subtype is one of the type
  public boolean onFork(Subtask<? extends T> subtask) {
    forked.add((Subtask<T>) subtask);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<? extends T> subtask) {
    return isDone.test(subtask);
  }

  @Override
  public List<Subtask<T>> result() {
    return List.copyOf(forked);
  }
}
