package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.executor.Submitter.Verdict;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which task runs when: admission, the queue, the workers and the end.
 *
 * <p>Everything below {@code lock} is guarded by it. Under the lock no foreign code runs, no thread
 * starts and nothing waits; what a decision asks for is done after the lock was released.
 */
final class Dispatcher {

  /*
   * One lock guards one plain state, so that admission, start, cancellation and termination are
   * steps in one order and the rules below can be read off the code:
   *
   *   - a task waits in the queue only while every place is taken, or while paused;
   *   - a submitter waits only while the queue is full, and whoever frees a place in the queue moves
   *     the task of the longest waiting submitter into it before anybody else can take the place;
   *   - a place stays taken until the code of the task has really returned;
   *   - the end is reached when admission is closed, the queue is empty and no worker is left.
   *
   * A worker that ends a task returns its place and takes the next task in the same step, which is
   * the only time it needs the lock. Packing the same state into one atomic word was considered;
   * docs/adr/0020 has the reasons against it.
   */

  private static final Logger log = LoggerFactory.getLogger(ManagedExecutor.class);

  /** How long a drain waits for tasks that it has cancelled. */
  private static final Duration SETTLE = Duration.ofMillis(250);

  enum Step {
    RUN,
    WAIT,
    END
  }

  private enum Phase {
    OPEN,
    DRAINING,
    STOPPED,
    TERMINATED
  }

  private final ManagedExecutor.Builder options;
  private final TimeSource time;
  private final Counters counters = new Counters();
  private final Latch terminated = new Latch();

  private final ReentrantLock lock = new ReentrantLock();
  private final TaskQueue queue = new TaskQueue();
  private final ArrayDeque<Submitter> submitters = new ArrayDeque<>();
  private final ArrayDeque<Worker> idle = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();
  private Phase phase = Phase.OPEN;
  private int concurrency;
  private int active;
  private boolean paused;
  private long waitNanos;
  private long runNanos;

  Dispatcher(ManagedExecutor.Builder options) {
    this.options = options;
    time = options.timeSource;
    concurrency = options.concurrency;
  }

  String name() {
    return options.name;
  }

  TimeSource time() {
    return time;
  }

  Counters counters() {
    return counters;
  }

  /** Tells the failure listener, whatever it does. */
  void report(Throwable failure) {
    try {
      options.failureListener.failed(options.name, failure);
    } catch (Throwable broken) {
      broken.addSuppressed(failure);
      log.error("The failure listener of executor '{}' failed", options.name, broken);
    }
  }

  // Admission

  /** Accepts the task or throws; answers an interruption with a rejection. */
  void accept(PooledTask<?> task) {
    try {
      accept(task, options.saturation);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw rejected(RejectionReason.INTERRUPTED, null);
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

  /** Accepts the task or throws; answers an interruption, an earlier one too, with that exception. */
  void acceptInterruptibly(PooledTask<?> task, Saturation saturation) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    accept(task, saturation);
  }

  private void accept(PooledTask<?> task, Saturation saturation) throws InterruptedException {
    var now = time.nanoTime();
    Worker starting = null;
    Worker caller = null;
    Submitter waiting = null;
    PooledTask<?> discarded = null;
    RejectionReason rejection = null;
    lock.lock();
    try {
      task.acceptedAt = now;
      if (phase != Phase.OPEN) {
        rejection = RejectionReason.SHUT_DOWN;
      } else if (active < concurrency && !paused) {
        starting = assign(task, now);
      } else if (queue.size() < options.queue) {
        queue.add(task);
      } else {
        switch (saturation.kind()) {
          case BLOCK, BLOCK_FOR -> {
            waiting = new Submitter(task);
            submitters.add(waiting);
          }
          case REJECT -> rejection = RejectionReason.SATURATED;
          case CALLER_RUNS -> caller = callerOf(task, now);
          case DISCARD_NEWEST -> discarded = task;
          case DISCARD_OLDEST -> discarded = replaceOldest(task);
        }
      }
    } finally {
      lock.unlock();
    }
    if (starting != null) {
      startOrReject(starting, task);
    } else if (waiting != null) {
      awaitPlace(waiting, saturation);
    } else if (caller != null) {
      runInCaller(caller, task);
    } else if (discarded != null) {
      discarded.cancelUnstarted();
    } else if (rejection != null) {
      throw rejected(rejection, null);
    }
  }

  private void awaitPlace(Submitter submitter, Saturation saturation) throws InterruptedException {
    var isTimed = saturation.kind() == Saturation.Kind.BLOCK_FOR;
    var deadline = isTimed ? time.deadlineAfter(saturation.patience()) : 0;
    var interrupted = false;
    while (submitter.verdict() == Verdict.PENDING) {
      interrupted = Thread.interrupted();
      if (interrupted || (isTimed && deadline - time.nanoTime() <= 0)) {
        break;
      }
      if (isTimed) {
        time.parkUntil(this, deadline);
      } else {
        time.park(this);
      }
    }
    switch (verdictOrWithdraw(submitter)) {
      case ACCEPTED -> {
        if (interrupted) {
          Thread.currentThread().interrupt(); // the task is in: the interruption came too late
        }
      }
      case SHUT_DOWN -> {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw rejected(RejectionReason.SHUT_DOWN, null);
      }
      case PENDING -> {
        if (interrupted) {
          throw new InterruptedException();
        }
        throw rejected(RejectionReason.TIMED_OUT, null);
      }
    }
  }

  private Verdict verdictOrWithdraw(Submitter submitter) {
    if (submitter.verdict() == Verdict.PENDING) {
      lock.lock();
      try {
        if (submitter.verdict() == Verdict.PENDING) {
          submitters.remove(submitter);
        }
      } finally {
        lock.unlock();
      }
    }
    return submitter.verdict();
  }

  private @Nullable PooledTask<?> replaceOldest(PooledTask<?> task) {
    var oldest = queue.poll();
    if (oldest == null) {
      return task;
    }
    queue.add(task);
    return oldest;
  }

  private Worker callerOf(PooledTask<?> task, long now) {
    var caller = new Worker(this);
    caller.thread = Thread.currentThread();
    caller.current = task;
    caller.since = now;
    workers.add(caller);
    return caller;
  }

  private void runInCaller(Worker caller, PooledTask<?> task) {
    var wasInterrupted = Thread.currentThread().isInterrupted();
    try {
      task.run();
    } finally {
      if (task.isCancelled() && !wasInterrupted) {
        Thread.interrupted(); // that one was meant for the task
      }
      left(caller);
    }
  }

  private TaskRejectedException rejected(RejectionReason reason, @Nullable Throwable cause) {
    counters.rejected(reason);
    TaskRejectedException rejected;
    lock.lock();
    try {
      rejected = new TaskRejectedException(options.name, reason, active, queue.size(), cause);
    } finally {
      lock.unlock();
    }
    TaskRejectedEvent.record(rejected);
    return rejected;
  }

  // Workers

  /** Takes a place for the task and finds the worker for it, which the caller has to start. */
  private Worker assign(PooledTask<?> task, long now) {
    active++;
    var worker = idle.poll();
    if (worker == null) {
      worker = new Worker(this);
      workers.add(worker);
    }
    begin(worker, task, now);
    return worker;
  }

  private void begin(Worker worker, PooledTask<?> task, long now) {
    worker.current = task;
    worker.since = now;
    waitNanos += now - task.acceptedAt;
  }

  private void startOrReject(Worker worker, PooledTask<?> task) {
    var failure = start(worker, task);
    if (failure == null) {
      return;
    }
    died(worker);
    throw rejected(RejectionReason.NO_THREAD, failure);
  }

  private void startAll(List<Assignment> assignments) {
    for (var assignment : assignments) {
      var failure = start(assignment.worker(), assignment.task());
      if (failure != null) {
        assignment.task().abandon(rejected(RejectionReason.NO_THREAD, failure));
        died(assignment.worker());
      }
    }
  }

  private record Assignment(Worker worker, PooledTask<?> task) {}

  /** Gives the task to the worker's thread, which is started if need be; returns what failed. */
  private @Nullable Throwable start(Worker worker, PooledTask<?> task) {
    worker.handOver(task);
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

  /** Takes the place of a worker back that has ended its task, or gives it the next task. */
  Step next(Worker worker) {
    var now = time.nanoTime();
    Submitter admitted = null;
    Step step;
    lock.lock();
    try {
      runNanos += now - worker.since;
      worker.current = null;
      if (active <= concurrency && !paused) {
        admitted = admitOne();
        var task = queue.poll();
        if (task != null) {
          begin(worker, task, now);
        }
      }
      if (worker.current != null) {
        step = Step.RUN;
      } else {
        active--;
        step = idleOrEnd(worker);
      }
    } finally {
      lock.unlock();
    }
    if (admitted != null) {
      admitted.wake();
    }
    if (step == Step.END) {
      terminateIfDone();
    }
    return step;
  }

  private Step idleOrEnd(Worker worker) {
    var stays = options.mode == ManagedExecutor.Mode.PLATFORM
        && phase == Phase.OPEN
        && active + idle.size() < concurrency;
    if (stays) {
      idle.push(worker);
      return Step.WAIT;
    }
    workers.remove(worker);
    return Step.END;
  }

  /** Removes a worker that had no place: an idle one that was retired, or a caller. */
  void left(Worker worker) {
    lock.lock();
    try {
      workers.remove(worker);
    } finally {
      lock.unlock();
    }
    terminateIfDone();
  }

  /** Removes a worker whose thread ends early, and lets others have its place. */
  void died(Worker worker) {
    List<Assignment> assigned;
    lock.lock();
    try {
      if (workers.remove(worker)) {
        active--;
      }
      assigned = dispatch();
    } finally {
      lock.unlock();
    }
    startAll(assigned);
    terminateIfDone();
  }

  /** Moves the task of the longest waiting submitter into the queue, which may be full for now. */
  private @Nullable Submitter admitOne() {
    var submitter = submitters.poll();
    if (submitter != null) {
      queue.add(submitter.task());
      submitter.decide(Verdict.ACCEPTED);
    }
    return submitter;
  }

  /** Fills free places from the queue, and free places in the queue from the submitters. */
  private List<Assignment> dispatch() {
    var now = time.nanoTime();
    var assigned = new ArrayList<Assignment>();
    while (!paused && active < concurrency) {
      wake(admitOne());
      var task = queue.poll();
      if (task == null) {
        break;
      }
      assigned.add(new Assignment(assign(task, now), task));
    }
    while (queue.size() < options.queue && !submitters.isEmpty()) {
      wake(admitOne());
    }
    return assigned;
  }

  private static void wake(@Nullable Submitter submitter) {
    if (submitter != null) {
      submitter.wake();
    }
  }

  /** Takes a cancelled task out of the queue. */
  void forget(PooledTask<?> task) {
    Submitter admitted = null;
    lock.lock();
    try {
      if (queue.remove(task)) {
        admitted = admitOne();
      }
    } finally {
      lock.unlock();
    }
    wake(admitted);
    terminateIfDone();
  }

  // Control

  void resize(int concurrency) {
    List<Assignment> assigned;
    var surplus = new ArrayList<Worker>();
    lock.lock();
    try {
      this.concurrency = concurrency;
      while (!idle.isEmpty() && active + idle.size() > concurrency) {
        surplus.add(idle.pop());
      }
      assigned = dispatch();
    } finally {
      lock.unlock();
    }
    surplus.forEach(Worker::retire);
    startAll(assigned);
  }

  void pause() {
    lock.lock();
    try {
      paused = phase == Phase.OPEN;
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    List<Assignment> assigned;
    lock.lock();
    try {
      paused = false;
      assigned = dispatch();
    } finally {
      lock.unlock();
    }
    startAll(assigned);
  }

  // The end

  /** Closes admission: waiting submitters are rejected, accepted tasks still run. */
  void shutdown() {
    List<Submitter> refused;
    List<Worker> retired;
    List<Assignment> assigned;
    lock.lock();
    try {
      if (phase == Phase.OPEN) {
        phase = Phase.DRAINING;
      }
      paused = false;
      refused = List.copyOf(submitters);
      submitters.clear();
      refused.forEach(submitter -> submitter.decide(Verdict.SHUT_DOWN));
      assigned = dispatch();
      retired = List.copyOf(idle);
      idle.clear();
    } finally {
      lock.unlock();
    }
    refused.forEach(Submitter::wake);
    startAll(assigned);
    retired.forEach(Worker::retire);
    terminateIfDone();
  }

  /** Closes admission, and cancels what is queued and what runs. */
  Stopped stop() {
    shutdown();
    List<PooledTask<?>> unstarted;
    var running = new ArrayList<PooledTask<?>>();
    lock.lock();
    try {
      if (phase == Phase.DRAINING) {
        phase = Phase.STOPPED;
      }
      unstarted = queue.clear();
      for (var worker : workers) {
        if (worker.current != null) {
          running.add(worker.current);
        }
      }
    } finally {
      lock.unlock();
    }
    var interrupted = 0;
    var neverStarted = new ArrayList<Runnable>();
    for (var task : running) {
      if (task.cancelUnstarted()) {
        neverStarted.add(task.asSubmitted()); // a worker had it but did not get to start it
      } else if (task.cancel(true)) {
        interrupted++;
      }
    }
    for (var task : unstarted) {
      if (task.cancelUnstarted()) {
        neverStarted.add(task.asSubmitted());
      }
    }
    terminateIfDone();
    return new Stopped(interrupted, neverStarted);
  }

  /** What a stop has cancelled. */
  record Stopped(int interrupted, List<Runnable> neverStarted) {}

  DrainReport drain(Duration grace) {
    var endedBefore = counters.endedSoFar();
    var interrupted = false;
    shutdown();
    try {
      awaitTermination(grace);
    } catch (InterruptedException impatient) {
      interrupted = true;
    }
    var stopped = isTerminated() ? new Stopped(0, List.of()) : stop();
    var deadline = time.deadlineAfter(SETTLE);
    while (!isTerminated() && deadline - time.nanoTime() > 0) {
      try {
        terminated.awaitUntil(time, deadline);
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    var stuck = running();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new DrainReport(
        counters.endedSoFar() - endedBefore, stopped.interrupted(), stopped.neverStarted(), stuck);
  }

  boolean awaitTermination(Duration limit) throws InterruptedException {
    return terminated.awaitUntil(time, time.deadlineAfter(limit));
  }

  private void terminateIfDone() {
    lock.lock();
    try {
      var done = phase != Phase.OPEN && queue.size() == 0 && workers.isEmpty();
      if (!done || phase == Phase.TERMINATED) {
        return;
      }
      phase = Phase.TERMINATED;
    } finally {
      lock.unlock();
    }
    terminated.open();
  }

  boolean isShutdown() {
    lock.lock();
    try {
      return phase != Phase.OPEN;
    } finally {
      lock.unlock();
    }
  }

  boolean isTerminated() {
    return terminated.isOpen();
  }

  // Reports

  ExecutorSnapshot snapshot() {
    var now = time.nanoTime();
    lock.lock();
    try {
      var oldest = queue.peek();
      return new ExecutorSnapshot(
          options.name,
          concurrency,
          active,
          queue.size(),
          submitters.size(),
          oldest == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - oldest.acceptedAt)),
          counters.completedSoFar(),
          counters.failedSoFar(),
          counters.cancelledSoFar(),
          counters.rejectedSoFar(),
          Duration.ofNanos(waitNanos),
          Duration.ofNanos(runNanos));
    } finally {
      lock.unlock();
    }
  }

  /** Returns the tasks that run now, the oldest first. */
  List<RunningTask> running() {
    var now = time.nanoTime();
    record Run(PooledTask<?> task, Thread thread, Duration age) {}
    var runs = new ArrayList<Run>();
    lock.lock();
    try {
      for (var worker : workers) {
        var task = worker.current;
        var thread = worker.thread;
        if (task != null && thread != null) {
          runs.add(new Run(task, thread, Duration.ofNanos(Math.max(0, now - worker.since))));
        }
      }
    } finally {
      lock.unlock();
    }
    return runs.stream()
        .map(run -> new RunningTask(
            run.task().name(),
            run.thread().getName(),
            run.age(),
            List.of(run.thread().getStackTrace())))
        .sorted((a, b) -> b.age().compareTo(a.age()))
        .toList();
  }
}
