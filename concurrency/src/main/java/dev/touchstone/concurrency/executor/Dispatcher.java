package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor.Mode;
import dev.touchstone.concurrency.time.TimeSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Gives tasks to workers, and does after each step under the lock what the step asks for. */
final class Dispatcher {

  private final ExecutorOptions options;
  private final ExecutorState state;
  private final TimeSource time;
  private final Journal journal;
  private final Timeouts timeouts;
  private final Latch terminated = new Latch();

  Dispatcher(ExecutorOptions options, ExecutorState state) {
    this.options = options;
    this.state = state;
    time = options.time();
    journal = new Journal(options);
    timeouts = new Timeouts(options, state, this);
  }

  String name() {
    return options.name();
  }

  TimeSource time() {
    return time;
  }

  Journal journal() {
    return journal;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  /** Asks for the priority of what was submitted, which is code of the user. */
  long priorityOf(Object submitted) {
    var priority = options.priority();
    return priority == null ? 0 : priority.applyAsLong(submitted);
  }

  /** Opens at the end of the last task after a shutdown. */
  Latch terminated() {
    return terminated;
  }

  // Called by workers

  /** Ends what the worker ran; returns the next task for it, or null if it is idle or dismissed. */
  @Nullable
  PooledTask<?> next(Worker worker) {
    var now = time.nanoTime();
    Submitter admitted = null;
    PooledTask<?> next = null;
    state.lock.lock();
    try {
      state.end(worker, now);
      if (state.goesOn()) {
        admitted = state.admitOne(now);
        next = state.beginNext(worker, now);
      }
      if (next == null) {
        state.release(worker);
      }
    } finally {
      state.lock.unlock();
    }
    if (admitted != null) {
      admitted.wake();
    }
    return next;
  }

  /** Lets an idle worker go, unless it is one that is kept or it has just been given a task. */
  boolean mayEnd(Worker worker) {
    if (options.mode() == Mode.PLATFORM) {
      return false;
    }
    state.lock.lock();
    try {
      if (!state.idle.leave(worker)) {
        return false;
      }
      state.workers.remove(worker);
    } finally {
      state.lock.unlock();
    }
    terminateIfDone();
    return true;
  }

  /** Removes a worker that holds no place: one that was dismissed, or a caller. */
  void left(Worker worker) {
    var now = time.nanoTime();
    state.lock.lock();
    try {
      state.end(worker, now);
      state.workers.remove(worker);
    } finally {
      state.lock.unlock();
    }
    terminateIfDone();
  }

  /** Removes a worker whose thread ends early, and lets others have its place. */
  void died(Worker worker) {
    carryOut(bury(worker));
  }

  private FollowUp bury(Worker worker) {
    var now = time.nanoTime();
    var followUp = new FollowUp();
    state.lock.lock();
    try {
      state.bury(worker, now);
      followUp.active = state.active;
      followUp.queued = state.queue.size();
      state.dispatch(followUp, now);
    } finally {
      state.lock.unlock();
    }
    return followUp;
  }

  // Called by others

  /** Lets the worker run what it was given, on a new thread if need be; returns what failed. */
  @Nullable
  Throwable call(Worker worker) {
    if (worker.thread != null) {
      worker.wake();
      return null;
    }
    try {
      var thread = options.threads().newThread(worker);
      if (thread == null) {
        return new NullPointerException("the thread factory returned null");
      }
      worker.thread = thread;
      thread.start();
      return null;
    } catch (Throwable failure) { // an OutOfMemoryError is how the JVM says "no more threads"
      return failure;
    }
  }

  /** Does what a step asks for. Nobody but the submitter hears of a thread that cannot start. */
  void carryOut(FollowUp followUp) {
    followUp.decided.forEach(Submitter::wake);
    followUp.retired.forEach(worker -> {
      worker.dismiss();
      worker.wake();
    });
    var calls = new ArrayDeque<>(followUp.calls);
    for (var worker = calls.poll(); worker != null; worker = calls.poll()) {
      var failure = call(worker);
      if (failure != null) {
        var task = worker.task; // stays: no thread will ever touch this worker
        var further = bury(worker);
        if (task != null) {
          task.abandon(new TaskRejectedException(
              name(), RejectionReason.NO_THREAD, further.active, further.queued, failure));
        }
        further.decided.forEach(Submitter::wake);
        calls.addAll(further.calls);
      }
    }
    terminateIfDone();
  }

  /** Runs a task that was given to the calling thread. */
  void runHere(Worker caller, PooledTask<?> task) {
    var wasInterrupted = Thread.currentThread().isInterrupted();
    try {
      caller.runHere(task);
    } finally {
      if (task.wasInterrupted() && !wasInterrupted) {
        Thread.interrupted(); // that one was meant for the task
        if (caller.isInterruptedFurtherOut()) {
          Thread.currentThread().interrupt(); // and another one for a task that waits for it here
        }
      }
      left(caller);
    }
  }

  /** Runs a task on the calling thread that is in the queue; returns whether it was there. */
  boolean help(PooledTask<?> task) {
    var now = time.nanoTime();
    Worker caller;
    Submitter admitted;
    state.lock.lock();
    try {
      if (!state.queue.remove(task)) {
        return false;
      }
      caller = state.assignToCaller(task, now);
      admitted = state.admitOne(now);
    } finally {
      state.lock.unlock();
    }
    if (admitted != null) {
      admitted.wake();
    }
    runHere(caller, task);
    return true;
  }

  /** Takes a cancelled task out of the queue. */
  void forget(PooledTask<?> task) {
    var now = time.nanoTime();
    Submitter admitted = null;
    state.lock.lock();
    try {
      if (state.queue.remove(task)) {
        admitted = state.admitOne(now);
      }
    } finally {
      state.lock.unlock();
    }
    if (admitted != null) {
      admitted.wake();
    }
    terminateIfDone();
  }

  void terminateIfDone() {
    boolean terminates;
    state.lock.lock();
    try {
      terminates = state.terminates();
    } finally {
      state.lock.unlock();
    }
    if (terminates) {
      timeouts.close();
      terminated.open();
    }
  }

  // Control

  void resize(int concurrency) {
    var now = time.nanoTime();
    var followUp = new FollowUp();
    state.lock.lock();
    try {
      state.resize(concurrency, followUp);
      state.dispatch(followUp, now);
    } finally {
      state.lock.unlock();
    }
    carryOut(followUp);
  }

  void pause() {
    state.lock.lock();
    try {
      state.isPaused = !state.isShutDown;
    } finally {
      state.lock.unlock();
    }
  }

  void resume() {
    var now = time.nanoTime();
    var followUp = new FollowUp();
    state.lock.lock();
    try {
      state.isPaused = false;
      state.dispatch(followUp, now);
    } finally {
      state.lock.unlock();
    }
    carryOut(followUp);
  }
}
