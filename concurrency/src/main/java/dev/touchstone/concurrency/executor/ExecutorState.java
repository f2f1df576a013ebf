package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.Submitter.Verdict;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits, what runs, and what is allowed: everything that has to change together.
 *
 * <p>All of it is guarded by {@link #lock}, also the methods. Under the lock no foreign code runs,
 * no thread starts or is woken, and nothing waits; what a step asks for is done once the lock has
 * been released.
 */
final class ExecutorState {

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
   * docs/adr/0020 has the reasons for one lock.
   */

  final BriefLock lock = new BriefLock();
  final TaskQueue queue;
  final ArrayDeque<Submitter> submitters = new ArrayDeque<>();
  final IdleWorkers idle = new IdleWorkers();

  /** The threads of this executor, idle ones too, and the callers that run a task themselves. */
  final Set<Worker> workers = new HashSet<>();

  private final int mostQueued;

  int concurrency;

  /** How many places are taken. */
  int active;

  boolean isPaused;
  boolean isShutDown;
  boolean isTerminated;
  long waitNanos;
  long runNanos;

  ExecutorState(ExecutorOptions options) {
    concurrency = options.concurrency();
    mostQueued = options.queue();
    queue = options.priority() == null ? new ArrivalQueue() : new PriorityTaskQueue();
  }

  boolean hasPlace() {
    return active < concurrency && !isPaused;
  }

  boolean hasRoomInQueue() {
    return queue.size() < mostQueued;
  }

  void enqueue(PooledTask<?> task, long now) {
    task.since = now;
    queue.add(task);
  }

  /** Moves the task of the longest waiting submitter into the queue, which may be full for now. */
  @Nullable
  Submitter admitOne(long now) {
    var submitter = submitters.poll();
    if (submitter != null) {
      enqueue(submitter.task(), now);
      submitter.decide(Verdict.ACCEPTED);
    }
    return submitter;
  }

  /** Takes a place for the task and gives it to a worker, which has to be called. */
  Worker assign(PooledTask<?> task, long now) {
    active++;
    var worker = idle.poll();
    if (worker == null) {
      worker = new Worker(task.dispatcher());
      workers.add(worker);
    }
    begin(worker, task, now);
    worker.handOver(task);
    return worker;
  }

  /** Lets a thread that is no worker run the task, beside those that have a place. */
  Worker assignToCaller(PooledTask<?> task, long now) {
    var caller = new Worker(task.dispatcher());
    caller.thread = Thread.currentThread();
    workers.add(caller);
    begin(caller, task, now);
    return caller;
  }

  private void begin(Worker worker, PooledTask<?> task, long now) {
    worker.task = task;
    task.waitedNanos = now - task.since;
    task.since = now;
    waitNanos += task.waitedNanos;
  }

  /** Ends what the worker ran; its place stays taken. */
  void end(Worker worker, long now) {
    var task = worker.task;
    if (task != null) {
      runNanos += now - task.since;
      worker.task = null;
    }
  }

  /** Returns whether a worker that has ended a task may take another one in the same place. */
  boolean goesOn() {
    return active <= concurrency && !isPaused;
  }

  /** Gives the first task of the queue to a worker that keeps its place; null if there is none. */
  @Nullable
  PooledTask<?> beginNext(Worker worker, long now) {
    var task = queue.poll();
    if (task != null) {
      begin(worker, task, now);
    }
    return task;
  }

  /** Takes the place of a worker back, and keeps the worker if there may be another task for it. */
  void release(Worker worker) {
    active--;
    if (!isShutDown && active + idle.size() < concurrency) {
      idle.push(worker);
    } else {
      worker.dismiss();
    }
  }

  /** Fills free places from the queue, and free places in the queue from the submitters. */
  void dispatch(FollowUp followUp, long now) {
    while (hasPlace()) {
      followUp.admitted(admitOne(now));
      var task = queue.poll();
      if (task == null) {
        break;
      }
      followUp.calls.add(assign(task, now));
    }
    while (hasRoomInQueue() && !submitters.isEmpty()) {
      followUp.admitted(admitOne(now));
    }
  }

  /** Changes the number of places, and lets go the idle workers that are too many. */
  void resize(int concurrency, FollowUp followUp) {
    this.concurrency = concurrency;
    while (idle.size() > 0 && active + idle.size() > concurrency) {
      followUp.retired.add(requireNonNull(idle.poll()));
    }
  }

  /** Closes admission: no submitter waits any longer. */
  void shutDown(FollowUp followUp) {
    isShutDown = true;
    isPaused = false;
    for (var submitter = submitters.poll(); submitter != null; submitter = submitters.poll()) {
      submitter.decide(Verdict.SHUT_DOWN);
      followUp.decided.add(submitter);
    }
  }

  /** Returns true once, when the end is reached. */
  boolean terminates() {
    if (isTerminated || !isShutDown || queue.size() > 0 || !workers.isEmpty()) {
      return false;
    }
    isTerminated = true;
    return true;
  }

  /** Removes a worker whose thread ends early. */
  void bury(Worker worker, long now) {
    if (workers.remove(worker) && !idle.leave(worker)) {
      end(worker, now);
      active--;
    }
  }
}
