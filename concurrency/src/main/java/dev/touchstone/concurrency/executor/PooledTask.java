package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Interruptions;
import java.time.Duration;
import java.util.ArrayList;
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
   *      |         `-----> INTERRUPTING -> CANCELLED | FAILED
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

  /** What the work sees of the thread that asked for it. */
  private final Snapshot context;

  /** Written before RUNNING, read after it. */
  private @Nullable Thread runner;

  /** Written before the end of INTERRUPTING, read after it. */
  private boolean wasInterrupted;

  /** For what the work waits in a get or join without a limit. */
  private volatile @Nullable PooledTask<?> waitsFor;

  /** The priority that was asked for when it was submitted. */
  final long priority;

  /** Measures how long it waits, if a flight recording wants to know. */
  private final @Nullable TaskStartedLateEvent queuing = TaskStartedLateEvent.start();

  /** These are for the queue that the task is in; guarded by the lock of the executor. */
  @Nullable
  PooledTask<?> previous;

  @Nullable
  PooledTask<?> next;

  long number;
  boolean isQueued;

  /**
   * When it joined the queue or, once a worker has it, when that was. Guarded by the lock of the
   * executor; the worker may read it, and who finds the task running.
   */
  long since;

  /** How long it was in the queue; read and written as {@link #since}. */
  long waitedNanos;

  private PooledTask(
      Dispatcher dispatcher,
      Object submitted,
      @Nullable Callable<? extends T> work,
      boolean isWatched,
      Snapshot context) {
    this.dispatcher = dispatcher;
    this.submitted = submitted;
    this.work = work;
    this.isWatched = isWatched;
    this.context = context;
    priority = dispatcher.priorityOf(submitted);
  }

  /** Returns a task without a result, whose failure goes to the failure listener. */
  static PooledTask<@Nullable Void> ofCommand(
      Dispatcher dispatcher, Runnable command, Snapshot context) {
    return new PooledTask<>(dispatcher, command, null, false, context);
  }

  /** Returns a task whose failure goes to its result. */
  static <T extends @Nullable Object> PooledTask<T> of(
      Dispatcher dispatcher, Object submitted, Callable<? extends T> work, Snapshot context) {
    return new PooledTask<>(dispatcher, submitted, work, true, context);
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

  /** Returns what was submitted, for people; does not fail, for ends of other tasks depend on it. */
  String name() {
    try {
      return String.valueOf(submitted);
    } catch (Throwable broken) { // also a StackOverflowError of one that refers to itself
      return submitted.getClass().getName();
    }
  }

  @SuppressWarnings("try") // closed for its effect
  private @Nullable T callInContext() throws Exception {
    try (var scope = context.open()) {
      return call();
    }
  }

  private @Nullable T call() throws Exception {
    if (work != null) {
      return work.call();
    }
    ((Runnable) submitted).run();
    return null;
  }

  /** Runs the work on this thread, unless the task has ended before, or waited too long. */
  void run() {
    if (dispatcher.timeouts().expires(this, waitedNanos)) {
      return;
    }
    runner = Thread.currentThread();
    if (!move(QUEUED, RUNNING)) {
      return;
    }
    try {
      dispatcher.timeouts().started();
      dispatcher.journal().started(submitted, waitedNanos);
      TaskStartedLateEvent.stop(queuing, dispatcher.name(), this);
      succeeded(callInContext());
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
      end(TaskOutcome.COMPLETED, result, true);
    } else {
      awaitInterruption();
    }
  }

  private void failed(Throwable failure) {
    if (move(RUNNING, COMPLETING)) {
      end(TaskOutcome.FAILED, failure, true);
      return;
    }
    awaitInterruption();
    if (!Interruptions.explain(failure)) {
      report(failure);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: the other thread needs a few instructions
  private void awaitInterruption() {
    while (stage() == INTERRUPTING) {
      Thread.yield();
    }
  }

  /** Completes a task that was accepted but that no thread could be started for. */
  void abandon(Throwable failure) {
    if (move(QUEUED, COMPLETING)) {
      end(TaskOutcome.FAILED, failure, false);
    }
  }

  /** Completes a task that has waited too long. */
  void expire(Duration limit) {
    if (move(QUEUED, COMPLETING)) {
      end(TaskOutcome.EXPIRED, new TaskExpiredException(dispatcher.name(), name(), limit), false);
    }
  }

  /** Completes a task that has run too long. */
  void timeOut(Duration limit) {
    var late = new TaskTimeoutException(dispatcher.name(), name(), limit); // asks code of the user
    if (move(RUNNING, INTERRUPTING)) {
      interruptRunner();
      end(TaskOutcome.TIMED_OUT, late, true);
    }
  }

  /** Takes back a task whose submitter will be told that it was rejected. */
  boolean withdraw() {
    return move(QUEUED, COMPLETING);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (cancelUnstarted()) {
      dispatcher.forget(this);
      return true;
    }
    if (!move(RUNNING, INTERRUPTING)) {
      return false;
    }
    if (mayInterruptIfRunning) {
      interruptRunner();
    }
    end(TaskOutcome.CANCELLED, null, true);
    return true;
  }

  /** Cancels the task if it has not started; it may still be in the queue. */
  boolean cancelUnstarted() {
    if (!move(QUEUED, COMPLETING)) {
      return false;
    }
    end(TaskOutcome.CANCELLED, null, false);
    return true;
  }

  private void interruptRunner() {
    wasInterrupted = true;
    requireNonNull(runner).interrupt();
  }

  /** Returns whether this task had its thread interrupted until now. Only for that thread. */
  boolean wasInterrupted() {
    awaitInterruption();
    return wasInterrupted;
  }

  private void end(TaskOutcome outcome, @Nullable Object result, boolean hasStarted) {
    var journal = dispatcher.journal();
    var failure = outcome == TaskOutcome.COMPLETED ? null : (Throwable) result;
    journal.ends(outcome, failure);
    finish(
        switch (outcome) {
          case COMPLETED -> SUCCEEDED;
          case FAILED, EXPIRED, TIMED_OUT -> FAILED;
          case CANCELLED -> CANCELLED;
        },
        result);
    if (failure != null && !isWatched) {
      report(failure);
    }
    if (journal.isHeard()) {
      var ran = hasStarted ? time().nanoTime() - since : 0;
      journal.ended(submitted, outcome, ran, failure);
    }
  }

  // Waiting for this task

  @Override
  void awaitResult() throws InterruptedException {
    var waiter = Worker.currentTask();
    if (waiter == null || isDone() || Thread.currentThread().isInterrupted()) {
      await(time());
      return;
    }
    waiter.waitsFor = this;
    try {
      if (!waiter.dispatcher.equals(dispatcher) || !dispatcher.help(this)) {
        waiter.checkStarvation();
        await(time());
      }
    } finally {
      waiter.waitsFor = null;
    }
  }

  /**
   * Throws if this task waits for itself.
   *
   * <p>Of the tasks of a cycle, the last to say for what it waits finds the cycle; those that say so
   * at the same moment may all find it.
   */
  private void checkStarvation() {
    var waiting = new ArrayList<PooledTask<?>>();
    PooledTask<?> task = this;
    while (task != null && !waiting.contains(task)) {
      waiting.add(task);
      var awaited = task.waitsFor;
      task = awaited == null || awaited.isDone() ? null : awaited;
    }
    if (equals(task)) {
      throw new ExecutorStarvationException(
          waiting.stream().map(PooledTask::name).toList());
    }
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
