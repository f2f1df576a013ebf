package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task, for those who wait for it.
 *
 * <p>Holds no lock. A subclass moves the state by compare-and-set; whoever moves it to an
 * intermediate state that leads to the end is the only one to {@link #finish}.
 */
abstract class Completion<T extends @Nullable Object> extends Latch implements Task<T> {

  /** The states below this one are those of a task that is not done. */
  static final int SUCCEEDED = 8;

  static final int FAILED = 9;
  static final int CANCELLED = 10;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Completion.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private volatile int state;

  /** The result or what was thrown; written before the final state, read after it. */
  private @Nullable Object outcome;

  /** Returns what measures the time of waiting. */
  abstract TimeSource time();

  /** Receives what a callback throws. */
  abstract void report(Throwable failure);

  /** Moves the state, which is 0 at first; returns whether it was the expected one. */
  final boolean move(int from, int to) {
    return STATE.compareAndSet(this, from, to);
  }

  final int stage() {
    return state;
  }

  final void finish(int finalState, @Nullable Object with) {
    outcome = with;
    state = finalState;
    open();
  }

  @Override
  public final boolean isDone() {
    return state >= SUCCEEDED;
  }

  @Override
  public final boolean isCancelled() {
    return state == CANCELLED;
  }

  @Override
  public final State state() {
    return switch (state) {
      case SUCCEEDED -> State.SUCCESS;
      case FAILED -> State.FAILED;
      case CANCELLED -> State.CANCELLED;
      default -> State.RUNNING;
    };
  }

  /** Waits without a limit until this is done; throws if the flag was set, as {@link #await}. */
  abstract void awaitResult() throws InterruptedException;

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    awaitResult();
    return resultOrFailure();
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    var limit = Duration.ofNanos(unit.toNanos(timeout));
    if (!awaitUntil(time(), time().deadlineAfter(limit)) && !isDone()) {
      throw new TimeoutException("no result after " + limit + " from " + this);
    }
    return resultOrFailure();
  }

  private T resultOrFailure() throws ExecutionException {
    if (state == FAILED) {
      throw new ExecutionException(failure());
    }
    return resultOrCancelled();
  }

  @Override
  public final T join() {
    awaitResultUninterruptibly();
    if (state == FAILED) {
      throw new CompletionException(failure());
    }
    return resultOrCancelled();
  }

  private void awaitResultUninterruptibly() {
    var interrupted = false;
    try {
      while (!isDone()) {
        try {
          awaitResult();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // only a T is stored in the state SUCCEEDED
  private T resultOrCancelled() {
    if (state == CANCELLED) {
      throw new CancellationException(this + " was cancelled");
    }
    return (T) outcome;
  }

  private Throwable failure() {
    return (Throwable) requireNonNull(outcome);
  }

  @Override
  public final void whenDone(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> callback) {
    requireNonNull(callback, "callback");
    whenOpen(() -> {
      try {
        switch (state) {
          case SUCCEEDED -> callback.accept(resultOrCancelled(), null);
          case FAILED -> callback.accept(null, failure());
          default -> callback.accept(null, new CancellationException(this + " was cancelled"));
        }
      } catch (Throwable broken) {
        report(broken);
      }
    });
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    var future = new CompletableFuture<T>() {
      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        Completion.this.cancel(true);
        return super.cancel(mayInterruptIfRunning);
      }
    };
    whenDone((result, failure) -> {
      if (failure == null) {
        future.complete(result);
      } else {
        future.completeExceptionally(failure);
      }
    });
    return future;
  }
}
