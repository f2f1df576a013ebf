package dev.touchstone.concurrency.scope;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A subtask and its thread. */
final class ForkedTask<T extends @Nullable Object> implements Subtask<T>, Runnable {

  private final TaskScope<?, ?> scope;
  private final Callable<? extends T> work;

  /** Guarded by the lock of the crew, as are the neighbours. */
  @Nullable
  Thread thread;

  @Nullable
  ForkedTask<?> previous;

  @Nullable
  ForkedTask<?> next;

  /** The result or what was thrown; written before the state, read after it. */
  private @Nullable Object outcome;

  private volatile State state = State.UNAVAILABLE;

  ForkedTask(TaskScope<?, ?> scope, Callable<? extends T> work) {
    this.scope = scope;
    this.work = work;
  }

  @Override
  public void run() {
    VirtualMachineError fatal = null;
    if (scope.crew().enter(this)) {
      try {
        succeed(scope.runInside(work));
      } catch (Throwable failure) {
        fail(failure);
        if (failure instanceof VirtualMachineError error) {
          fatal = error;
        }
      }
    }
    scope.crew().ended(this);
    if (fatal != null) {
      throw fatal;
    }
  }

  private void succeed(T result) {
    if (!scope.isCancelled()) {
      outcome = result;
      state = State.SUCCESS;
      scope.completed(this, null);
    }
  }

  /** Called by {@code run}, or if no thread could be had for it. */
  void fail(Throwable failure) {
    if (scope.isCancelled()) {
      scope.failedLate(failure);
    } else {
      outcome = failure;
      state = State.FAILED;
      scope.completed(this, failure);
    }
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // only a T is stored in the state SUCCESS
  public T get() {
    check(State.SUCCESS);
    return (T) outcome;
  }

  @Override
  public Throwable exception() {
    check(State.FAILED);
    return (Throwable) requireNonNull(outcome);
  }

  private void check(State expected) {
    scope.checkReadable();
    var now = state;
    if (now != expected) {
      throw new IllegalStateException(
          "the subtask must be in state %s, but is in state %s".formatted(expected, now));
    }
  }

  @Override
  public String toString() {
    return "subtask of scope '%s' [%s]"
        .formatted(scope.name(), state.name().toLowerCase(Locale.ROOT));
  }
}
