package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link Dispatcher}.
 *
 * <p>Holds no lock. Whoever took the task off the queue owns the right to run it; against that
 * owner only {@link #cancel} competes, by compare-and-set of the state.
 */
final class PooledTask<T extends @Nullable Object> extends Latch
    implements Task<T>, RunnableFuture<T> {

  /*
   *   QUEUED -> RUNNING -> COMPLETING -> SUCCEEDED | FAILED
   *      |         `-----> INTERRUPTING -> CANCELLED
   *      `---------------> COMPLETING -> CANCELLED | FAILED
   *
   * The intermediate states last for a few instructions of the one thread that won. They exist so
   * that the outcome and the counters are written before anybody sees the task done, and so that an
   * interruption meant for this task cannot hit the next one on the same thread: the worker does not
   * go on before INTERRUPTING is over.
   */
  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int COMPLETING = 2;
  private static final int INTERRUPTING = 3;
  private static final int SUCCEEDED = 4;
  private static final int FAILED = 5;
  private static final int CANCELLED = 6;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(PooledTask.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Dispatcher dispatcher;
  private final Callable<? extends T> work;
  private final Object submitted;
  private final Delivery delivery;

  private volatile int state;

  /** The result or what was thrown; written before the final state, read after it. */
  private @Nullable Object outcome;

  /** Written before RUNNING, read after it. */
  private @Nullable Thread runner;

  /** These four are guarded by the lock of the dispatcher. */
  @Nullable
  PooledTask<?> previous;

  @Nullable
  PooledTask<?> next;

  boolean isQueued;
  long acceptedAt;

  /** Who hears of a failure. */
  enum Delivery {
    RESULT,
    LISTENER
  }

  PooledTask(
      Dispatcher dispatcher, Callable<? extends T> work, Object submitted, Delivery delivery) {
    this.dispatcher = dispatcher;
    this.work = work;
    this.submitted = submitted;
    this.delivery = delivery;
  }

  /** Returns what was submitted, in a form that can be run elsewhere. */
  Runnable asSubmitted() {
    if (submitted instanceof Runnable runnable) {
      return runnable;
    }
    return () -> {
      try {
        work.call();
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new CompletionException(failure);
      }
    };
  }

  /** Returns what was submitted, for people. */
  String name() {
    try {
      return String.valueOf(submitted);
    } catch (RuntimeException broken) {
      return submitted.getClass().getName();
    }
  }

  /** Runs the work on this thread, unless the task was cancelled. */
  @Override
  public void run() {
    runner = Thread.currentThread();
    if (!STATE.compareAndSet(this, QUEUED, RUNNING)) {
      return;
    }
    T result;
    try {
      result = work.call();
    } catch (Throwable failure) {
      failed(failure);
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      return;
    }
    if (STATE.compareAndSet(this, RUNNING, COMPLETING)) {
      dispatcher.counters().completed();
      finish(SUCCEEDED, result);
    } else {
      awaitInterruption();
    }
  }

  private void failed(Throwable failure) {
    if (STATE.compareAndSet(this, RUNNING, COMPLETING)) {
      dispatcher.counters().failed();
      TaskFailedEvent.record(dispatcher.name(), failure);
      finish(FAILED, failure);
      if (delivery == Delivery.LISTENER) {
        dispatcher.report(failure);
      }
      return;
    }
    awaitInterruption();
    if (!Interruptions.explain(failure)) {
      dispatcher.report(failure);
    }
  }

  /** Completes a task that was accepted but that no thread could be started for. */
  void abandon(Throwable failure) {
    if (STATE.compareAndSet(this, QUEUED, COMPLETING)) {
      dispatcher.counters().failed();
      finish(FAILED, failure);
      if (delivery == Delivery.LISTENER) {
        dispatcher.report(failure);
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: the other thread needs a few instructions
  private void awaitInterruption() {
    while (state == INTERRUPTING) {
      Thread.yield();
    }
  }

  private void finish(int finalState, @Nullable Object with) {
    outcome = with;
    runner = null;
    state = finalState;
    open();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (cancelUnstarted()) {
      dispatcher.forget(this);
      return true;
    }
    return cancelRunning(mayInterruptIfRunning);
  }

  /** Cancels the task if it has not started; it may still be in the queue. */
  boolean cancelUnstarted() {
    if (!STATE.compareAndSet(this, QUEUED, COMPLETING)) {
      return false;
    }
    dispatcher.counters().cancelled();
    finish(CANCELLED, null);
    return true;
  }

  private boolean cancelRunning(boolean mayInterruptIfRunning) {
    if (!STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
      return false;
    }
    if (mayInterruptIfRunning) {
      requireNonNull(runner).interrupt();
    }
    dispatcher.counters().cancelled();
    finish(CANCELLED, null);
    return true;
  }

  @Override
  public boolean isDone() {
    return state >= SUCCEEDED;
  }

  @Override
  public boolean isCancelled() {
    return state == CANCELLED;
  }

  @Override
  public State state() {
    return switch (state) {
      case SUCCEEDED -> State.SUCCESS;
      case FAILED -> State.FAILED;
      case CANCELLED -> State.CANCELLED;
      default -> State.RUNNING;
    };
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (!isDone()) {
      await(dispatcher.time());
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return result();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    var limit = Duration.ofNanos(unit.toNanos(timeout));
    var time = dispatcher.time();
    if (!awaitUntil(time, time.deadlineAfter(limit)) && !isDone()) {
      throw new TimeoutException("no result after " + limit + " from " + this);
    }
    return result();
  }

  private T result() throws ExecutionException {
    if (state == FAILED) {
      throw new ExecutionException(failure());
    }
    return resultOrCancelled();
  }

  @Override
  public T join() {
    awaitUninterruptibly(dispatcher.time());
    if (state == FAILED) {
      throw new CompletionException(failure());
    }
    return resultOrCancelled();
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
  public void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> callback) {
    requireNonNull(callback, "callback");
    whenOpen(() -> {
      try {
        switch (state) {
          case SUCCEEDED -> callback.accept(resultOrCancelled(), null);
          case FAILED -> callback.accept(null, failure());
          default -> callback.accept(null, new CancellationException(this + " was cancelled"));
        }
      } catch (Throwable broken) {
        dispatcher.report(broken);
      }
    });
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
    var future = new CompletableFuture<T>() {
      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        PooledTask.this.cancel(true);
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

  @Override
  public String toString() {
    var progress = switch (state) {
      case QUEUED -> "not started";
      case RUNNING, COMPLETING, INTERRUPTING -> "running";
      default -> state().name().toLowerCase(Locale.ROOT);
    };
    return "task '" + name() + "' of executor '" + dispatcher.name() + "' [" + progress + "]";
  }
}
