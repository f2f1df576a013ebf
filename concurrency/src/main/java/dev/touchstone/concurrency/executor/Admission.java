package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.executor.Submitter.Verdict;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import org.jspecify.annotations.Nullable;

/** Gets tasks into an executor, or answers as its {@link Saturation} says. */
final class Admission {

  private final ExecutorOptions options;
  private final ExecutorState state;
  private final Dispatcher dispatcher;
  private final Journal journal;
  private final TimeSource time;

  Admission(ExecutorOptions options, ExecutorState state, Dispatcher dispatcher) {
    this.options = options;
    this.state = state;
    this.dispatcher = dispatcher;
    journal = dispatcher.journal();
    time = options.time();
  }

  /** Accepts the task or throws; answers an interruption with a rejection. */
  void accept(PooledTask<?> task) {
    try {
      accept(task, options.saturation());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw rejection(RejectionReason.INTERRUPTED);
    }
  }

  /** Accepts the task or throws, without waiting and without running it here. */
  void acceptAtOnce(PooledTask<?> task) {
    try {
      accept(task, Saturation.REJECT);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Accepts the task as the other does, or returns false if every place is taken. */
  boolean offer(PooledTask<?> task) {
    try {
      acceptAtOnce(task);
      return true;
    } catch (TaskRejectedException rejected) {
      if (rejected.reason() == RejectionReason.SATURATED) {
        return false;
      }
      throw rejected;
    }
  }

  /** Accepts the task or throws; answers an interruption, an earlier one too, with that exception. */
  void acceptInterruptibly(PooledTask<?> task, Saturation saturation) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    accept(task, saturation);
  }

  private void accept(PooledTask<?> task, Saturation saturation) throws InterruptedException {
    var now = time.nanoTime();
    var isQueued = false;
    Worker worker = null;
    Worker caller = null;
    Submitter waiting = null;
    PooledTask<?> discarded = null;
    RejectionReason refused = null;
    int active;
    int queued;
    state.lock.lock();
    try {
      task.since = now;
      active = state.active;
      queued = state.queue.size();
      if (state.isShutDown) {
        refused = RejectionReason.SHUT_DOWN;
      } else if (state.hasPlace()) {
        worker = state.assign(task, now);
      } else if (state.hasRoomInQueue()) {
        state.enqueue(task, now);
        isQueued = true;
      } else {
        switch (saturation.kind()) {
          case BLOCK, BLOCK_FOR -> {
            waiting = new Submitter(task);
            state.submitters.add(waiting);
          }
          case REJECT -> refused = RejectionReason.SATURATED;
          case CALLER_RUNS -> caller = state.assignToCaller(task, now);
          case DISCARD_NEWEST -> discarded = task;
          case DISCARD_OLDEST -> discarded = replaceOldest(task, now);
        }
      }
    } finally {
      state.lock.unlock();
    }
    if (worker != null) {
      call(worker, task);
    } else if (isQueued) {
      dispatcher.timeouts().queued();
    } else if (waiting != null) {
      awaitPlace(waiting, saturation);
    } else if (caller != null) {
      dispatcher.runHere(caller, task);
    } else if (discarded != null) {
      discarded.cancelUnstarted();
      dispatcher.timeouts().queued(); // the one that took the place of the oldest
    } else if (refused != null) {
      throw journal.rejected(refused, active, queued, null);
    }
  }

  private void call(Worker worker, PooledTask<?> task) {
    var failure = dispatcher.call(worker);
    if (failure == null) {
      return;
    }
    dispatcher.died(worker);
    if (task.withdraw()) { // else a shutdown has cancelled it already, as one that was accepted
      throw rejection(RejectionReason.NO_THREAD, failure);
    }
  }

  private PooledTask<?> replaceOldest(PooledTask<?> task, long now) {
    var oldest = state.queue.poll();
    if (oldest == null) {
      return task;
    }
    state.enqueue(task, now);
    return oldest;
  }

  private void awaitPlace(Submitter submitter, Saturation saturation) throws InterruptedException {
    var patience = saturation.kind() == Saturation.Kind.BLOCK_FOR
        ? Patience.of(saturation.patience(), time)
        : Patience.endless(time);
    var interrupted = false;
    while (submitter.verdict() == Verdict.PENDING) {
      interrupted = Thread.interrupted();
      if (interrupted || !patience.park(this)) {
        break;
      }
    }
    var verdict = verdictOrWithdraw(submitter);
    if (verdict == Verdict.PENDING && interrupted) {
      throw new InterruptedException();
    }
    if (interrupted) {
      Thread.currentThread().interrupt(); // the verdict came first
    }
    switch (verdict) {
      case ACCEPTED -> dispatcher.timeouts().queued();
      case SHUT_DOWN -> throw rejection(RejectionReason.SHUT_DOWN);
      case PENDING -> throw rejection(RejectionReason.TIMED_OUT);
    }
  }

  /** Takes back a task that has not been decided on, so that it will not be. */
  private Verdict verdictOrWithdraw(Submitter submitter) {
    if (submitter.verdict() != Verdict.PENDING) {
      return submitter.verdict();
    }
    state.lock.lock();
    try {
      if (submitter.verdict() == Verdict.PENDING) {
        state.submitters.remove(submitter);
      }
      return submitter.verdict();
    } finally {
      state.lock.unlock();
    }
  }

  private TaskRejectedException rejection(RejectionReason reason) {
    return rejection(reason, null);
  }

  private TaskRejectedException rejection(RejectionReason reason, @Nullable Throwable cause) {
    int active;
    int queued;
    state.lock.lock();
    try {
      active = state.active;
      queued = state.queue.size();
    } finally {
      state.lock.unlock();
    }
    return journal.rejected(reason, active, queued, cause);
  }
}
