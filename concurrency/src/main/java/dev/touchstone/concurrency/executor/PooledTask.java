package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A task of an executor: runs its work once, or never.
 *
 * <p>Whoever took the task off the queue owns the right to run it; against that owner only those
 * compete who end it early, by compare-and-set of the state.
 */
final class PooledTask<T extends @Nullable Object> extends Completion<T> {

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

  private final Dispatcher dispatcher;
  private final Object submitted;

  /** What gives the result; null if what was submitted is run for its effect. */
  private final @Nullable Callable<? extends T> work;

  private final boolean isWatched;

  /** Written before RUNNING, read after it. */
  private @Nullable Thread runner;

  /** These four are guarded by the lock of the executor. */
  @Nullable
  PooledTask<?> previous;

  @Nullable
  PooledTask<?> next;

  boolean isQueued;

  /** When it was accepted or, once a worker has it, when that was. */
  long since;

  private PooledTask(
      Dispatcher dispatcher,
      Object submitted,
      @Nullable Callable<? extends T> work,
      boolean isWatched) {
    this.dispatcher = dispatcher;
    this.submitted = submitted;
    this.work = work;
    this.isWatched = isWatched;
  }

  /** Returns a task without a result, whose failure goes to the failure listener. */
  static PooledTask<@Nullable Void> ofCommand(Dispatcher dispatcher, Runnable command) {
    return new PooledTask<>(dispatcher, command, null, false);
  }

  /** Returns a task whose failure goes to its result. */
  static <T extends @Nullable Object> PooledTask<T> of(
      Dispatcher dispatcher, Object submitted, Callable<? extends T> work) {
    return new PooledTask<>(dispatcher, submitted, work, true);
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  @Override
  TimeSource time() {
    return dispatcher.time();
  }

  @Override
  void report(Throwable failure) {
    dispatcher.journal().report(failure);
  }

  /** Returns what was submitted, in a form that can be run elsewhere. */
  Runnable asSubmitted() {
    if (submitted instanceof Runnable runnable) {
      return runnable;
    }
    return () -> {
      try {
        call();
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

  private @Nullable T call() throws Exception {
    if (work != null) {
      return work.call();
    }
    ((Runnable) submitted).run();
    return null;
  }

  /** Runs the work on this thread, unless the task has ended before. */
  void run() {
    runner = Thread.currentThread();
    if (!move(QUEUED, RUNNING)) {
      return;
    }
    try {
      succeeded(call());
    } catch (Throwable failure) {
      failed(failure);
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    } finally {
      runner = null; // who keeps the result must not keep the thread
    }
  }

  private void succeeded(@Nullable T result) {
    if (move(RUNNING, COMPLETING)) {
      dispatcher.journal().completed();
      finish(SUCCEEDED, result);
    } else {
      awaitInterruption();
    }
  }

  private void failed(Throwable failure) {
    if (move(RUNNING, COMPLETING)) {
      fail(failure);
      return;
    }
    awaitInterruption();
    if (!Interruptions.explain(failure)) {
      report(failure);
    }
  }

  /** Completes a task that was accepted but that no thread could be started for. */
  void abandon(Throwable failure) {
    if (move(QUEUED, COMPLETING)) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    dispatcher.journal().failed(failure);
    finish(FAILED, failure);
    if (!isWatched) {
      report(failure);
    }
  }

  /** Takes back a task whose submitter will be told that it was rejected. */
  boolean withdraw() {
    return move(QUEUED, COMPLETING);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: the other thread needs a few instructions
  private void awaitInterruption() {
    while (stage() == INTERRUPTING) {
      Thread.yield();
    }
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
    if (!move(QUEUED, COMPLETING)) {
      return false;
    }
    dispatcher.journal().cancelled();
    finish(CANCELLED, null);
    return true;
  }

  private boolean cancelRunning(boolean mayInterruptIfRunning) {
    if (!move(RUNNING, INTERRUPTING)) {
      return false;
    }
    if (mayInterruptIfRunning) {
      requireNonNull(runner).interrupt();
    }
    dispatcher.journal().cancelled();
    finish(CANCELLED, null);
    return true;
  }

  @Override
  public String toString() {
    var progress = switch (stage()) {
      case QUEUED -> "not started";
      case RUNNING, COMPLETING, INTERRUPTING -> "running";
      default -> state().name().toLowerCase(Locale.ROOT);
    };
    return "task '" + name() + "' of executor '" + dispatcher.name() + "' [" + progress + "]";
  }
}
