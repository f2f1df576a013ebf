package dev.touchstone.concurrency.keyed;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.RejectionReason;
import dev.touchstone.concurrency.executor.Task;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import dev.touchstone.concurrency.keyed.KeyLine.Submitter;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a key one after the other, in the order of their submission, and those of
 * different keys at the same time, on a {@link ManagedExecutor}.
 *
 * <p>This handles the events of each customer in order:
 * {@snippet class="dev.touchstone.concurrency.keyed.SnippetsTest" region="keyed-executor"}
 *
 * <p>The results are futures whose {@code cancel} really interrupts the task, or lets it never start.
 * A task happens before the next one of its key.
 *
 * <p>A task sees the {@linkplain ManagedExecutor.Builder#context context} of its own submitter, and so
 * do the callbacks that its worker runs.
 *
 * <p>There is nothing to close: when the executor ends, running tasks are interrupted and those that
 * have not started are cancelled, as it says. A graceful drain runs what was accepted.
 *
 * <p>Safe for use by several threads. Only {@code submit} and {@code drain} wait; {@code submit} for a
 * key that was idle may need another place in the executor, and waits for it, through interruptions,
 * if the {@code Saturation} of the executor waits.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 */
public final class KeyedExecutor<K> {

  /*
   * Keys with something to do stand in a line. Up to `parallelism` workers, which are tasks of the
   * executor, take the first key, run some of its tasks, and put it at the end if it has more: so a
   * hot key delays others by a few tasks and no worker ever submits to its own executor. A worker
   * ends when no key is left; a submitter starts one when there are fewer than allowed. Those after
   * it count on that worker, so one that may be refused for want of a place counts from its first
   * step only. All fields are guarded by one lock; no task and no callback runs under it.
   */

  private final ManagedExecutor executor;
  private final int queue;
  private final int parallelism;
  private final int yieldAfter;
  private final TimeSource time;

  private final ReentrantLock guard = new ReentrantLock();
  private final Map<K, KeyLine<K>> lines = new HashMap<>();
  private final Deque<KeyLine<K>> ready = new ArrayDeque<>();
  private int workers;

  private KeyedExecutor(Builder<K> options) {
    executor = options.executor;
    queue = options.queue;
    parallelism = options.parallelism;
    yieldAfter = options.yieldAfter;
    time = options.timeSource;
  }

  /** Returns a keyed executor with the default settings. */
  public static <K> KeyedExecutor<K> on(ManagedExecutor executor) {
    return KeyedExecutor.<K>builder(executor).build();
  }

  /** Returns a builder for a keyed executor that runs its tasks on the given one. */
  public static <K> Builder<K> builder(ManagedExecutor executor) {
    return new Builder<>(executor);
  }

  // Submission

  /**
   * Runs the work after what was submitted for the key before; waits while the queue of the key is
   * full.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting; the work will not run
   * @throws TaskRejectedException if the executor does not accept a task to run the work; then
   *     everything that was waiting for a worker ends with this exception
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(K key, Callable<? extends T> work)
      throws InterruptedException {
    return requireNonNull(submit(key, work, Patience.endless(time)));
  }

  /**
   * Runs the work as the other {@code submit} does, unless the queue of the key is full for longer
   * than the given time.
   *
   * @return empty if it is; the work will not run
   * @throws InterruptedException if the flag was set on entry or while waiting; the work will not run
   * @throws TaskRejectedException as for the other {@code submit}
   */
  public <T extends @Nullable Object> Optional<CompletableFuture<T>> submit(
      K key, Callable<? extends T> work, Duration timeout) throws InterruptedException {
    return Optional.ofNullable(submit(key, work, Patience.of(timeout, time)));
  }

  /**
   * Runs the work after what was submitted for the key before, unless the queue of the key is full,
   * or nothing is being worked for and the executor has no place for that. Does not wait.
   *
   * @return empty if so; the work will not run
   * @throws TaskRejectedException as for {@code submit}, but not because every place is taken
   */
  public <T extends @Nullable Object> Optional<CompletableFuture<T>> trySubmit(
      K key, Callable<? extends T> work) {
    var context = executor.context().capture();
    KeyedTask<K, T> task;
    boolean isWorkerMissing;
    guard.lock();
    try {
      task = task(key, work, context);
      if (!offer(task)) {
        return Optional.empty();
      }
      isWorkerMissing = isWorkerMissing();
    } finally {
      guard.unlock();
    }
    return !isWorkerMissing || tryStart() || !withdraw(task) ? Optional.of(task) : Optional.empty();
  }

  private <T extends @Nullable Object> @Nullable CompletableFuture<T> submit(
      K key, Callable<? extends T> work, Patience patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before submitting for " + key);
    }
    var context = executor.context().capture();
    KeyedTask<K, T> task;
    Submitter<K> submitter = null;
    Worker hired = null;
    guard.lock();
    try {
      task = task(key, work, context);
      if (offer(task)) {
        hired = hire();
      } else {
        submitter = new Submitter<>(task);
        task.line().submitters.add(submitter);
      }
    } finally {
      guard.unlock();
    }
    if (submitter != null) {
      if (!task.line().submitters.await(submitter, patience, this)) {
        return null;
      }
      if (submitter.refusal != null) {
        throw submitter.refusal;
      }
      guard.lock();
      try {
        if (workers == 0) {
          hired = hire(); // nobody comes to its task if the one before it was withdrawn
        }
      } finally {
        guard.unlock();
      }
    }
    if (hired != null) {
      start(hired);
    }
    return task;
  }

  private <T extends @Nullable Object> KeyedTask<K, T> task(
      K key, Callable<? extends T> work, Snapshot context) {
    requireNonNull(work, "work");
    var line =
        lines.computeIfAbsent(requireNonNull(key, "key"), added -> new KeyLine<>(added, guard));
    return new KeyedTask<>(this, line, work, context);
  }

  private boolean offer(KeyedTask<K, ?> task) {
    var line = task.line();
    if (line.queue.size() >= queue) {
      return false;
    }
    line.queue.add(task);
    if (!line.isScheduled) {
      line.isScheduled = true;
      ready.add(line);
    }
    return true;
  }

  // Workers

  /** One run of a task of the executor. */
  private final class Worker implements Runnable {

    /** Whether it is one of the workers. */
    private boolean isCounted;

    /** Whether it is so no longer, because it found nothing to do or was cancelled. */
    private boolean hasLeft;

    /** The key that it is at. */
    private @Nullable KeyLine<K> line;

    @Override
    public void run() {
      for (var line = nextLine(this); line != null; line = nextLine(this)) {
        try {
          work(line);
        } finally {
          putBack(this, line);
        }
      }
    }

    private void work(KeyLine<K> line) {
      for (int i = 0; i < yieldAfter; i++) {
        var task = nextTask(this, line);
        if (task == null) {
          return;
        }
        try {
          task.run();
        } finally {
          ended(line);
        }
      }
    }

    @Override
    public String toString() {
      return "worker of a keyed executor";
    }
  }

  private boolean isWorkerMissing() {
    return !ready.isEmpty() && workers < parallelism;
  }

  /** Counts a worker that is needed and allowed, and returns it to be started; null if none is. */
  private @Nullable Worker hire() {
    if (!isWorkerMissing()) {
      return null;
    }
    var worker = new Worker();
    join(worker);
    return worker;
  }

  private void join(Worker worker) {
    worker.isCounted = true;
    workers++;
  }

  private void leave(Worker worker) {
    worker.hasLeft = true;
    if (worker.isCounted) {
      worker.isCounted = false;
      workers--;
    }
  }

  private void start(Worker worker) {
    try {
      watch(worker, submitUninterruptibly(worker));
    } catch (TaskRejectedException rejected) {
      lost(worker, rejected);
      throw rejected;
    }
  }

  /** Starts a worker that nobody counts on yet, if the executor has a place for it. */
  private boolean tryStart() {
    var worker = new Worker();
    try {
      var task = executor.trySubmit(Executors.callable(worker));
      task.ifPresent(started -> watch(worker, started));
      return task.isPresent();
    } catch (TaskRejectedException rejected) {
      lost(worker, rejected);
      throw rejected;
    }
  }

  private void watch(Worker worker, Task<?> task) {
    task.whenDone((result, failure) -> {
      if (failure != null) {
        lost(worker, failure instanceof RuntimeException known ? known : cancellation(failure));
      }
    });
  }

  /** Takes back a task if there is no worker that would come to it; returns whether it did. */
  private boolean withdraw(KeyedTask<K, ?> task) {
    var line = task.line();
    guard.lock();
    try {
      if (workers > 0 || !line.queue.remove(task)) {
        return false;
      }
      admitSubmitter(line);
      if (line.queue.isEmpty() && ready.remove(line)) {
        line.isScheduled = false;
        removeIfIdle(line);
      }
      return true;
    } finally {
      guard.unlock();
    }
  }

  /** An interrupted submitter goes on, because the tasks of others may wait for this worker. */
  private Task<?> submitUninterruptibly(Worker worker) {
    var wasInterrupted = false;
    try {
      while (true) {
        try {
          return executor.submit(worker);
        } catch (TaskRejectedException rejected) {
          if (rejected.reason() != RejectionReason.INTERRUPTED) {
            throw rejected;
          }
          wasInterrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException cancellation(Throwable cause) {
    var cancelled = new CancellationException("the worker of the keyed executor ended");
    cancelled.initCause(cause);
    return cancelled;
  }

  private @Nullable KeyLine<K> nextLine(Worker worker) {
    guard.lock();
    try {
      if (!worker.isCounted && !worker.hasLeft && workers < parallelism) {
        join(worker);
      }
      var line = worker.isCounted ? ready.poll() : null;
      worker.line = line;
      if (line == null) {
        leave(worker);
      }
      return line;
    } finally {
      guard.unlock();
    }
  }

  private @Nullable KeyedTask<K, ?> nextTask(Worker worker, KeyLine<K> line) {
    guard.lock();
    try {
      var task = worker.hasLeft ? null : line.queue.poll();
      if (task != null) {
        line.running = task;
        line.runner = Thread.currentThread();
        admitSubmitter(line);
      }
      return task;
    } finally {
      guard.unlock();
    }
  }

  private void ended(KeyLine<K> line) {
    guard.lock();
    try {
      line.running = null;
      line.runner = null;
    } finally {
      guard.unlock();
    }
    Thread.interrupted(); // the next task starts with a clear flag
  }

  private void putBack(Worker worker, KeyLine<K> line) {
    guard.lock();
    try {
      worker.line = null;
      if (!line.queue.isEmpty()) {
        ready.add(line);
      } else {
        line.isScheduled = false;
        removeIfIdle(line);
      }
    } finally {
      guard.unlock();
    }
    failStranded(new CancellationException("the executor has ended"));
  }

  private void admitSubmitter(KeyLine<K> line) {
    var submitter = line.queue.size() < queue ? line.submitters.pollFirst() : null;
    if (submitter != null) {
      offer(submitter.task);
      submitter.call();
    }
  }

  private void removeIfIdle(KeyLine<K> line) {
    if (line.queue.isEmpty() && line.running == null && !line.isScheduled) {
      lines.remove(line.key, line);
      line.drainers.pollAll().forEach(Turn::call);
    }
  }

  /** A worker was not accepted, was cancelled, or died. */
  private void lost(Worker worker, RuntimeException why) {
    guard.lock();
    try {
      leave(worker);
      if (worker.line != null && worker.line.runner != null) {
        worker.line.runner
            .interrupt(); // it may have begun a task after the interruption of the last
      }
    } finally {
      guard.unlock();
    }
    failStranded(why);
  }

  /** Ends what is in line if there is no worker to run it. */
  private void failStranded(RuntimeException why) {
    var stranded = new ArrayList<KeyedTask<K, ?>>();
    guard.lock();
    try {
      if (workers > 0 || ready.isEmpty()) {
        return;
      }
      for (var line = ready.poll(); line != null; line = ready.poll()) {
        stranded.addAll(line.queue);
        line.queue.clear();
        line.isScheduled = false;
        for (var submitter : line.submitters.pollAll()) {
          submitter.refusal = why;
          submitter.call();
        }
        removeIfIdle(line);
      }
    } finally {
      guard.unlock();
    }
    for (var task : stranded) {
      if (why instanceof CancellationException) {
        task.cancel(true);
      } else {
        task.completeExceptionally(why);
      }
    }
  }

  // Control

  /** Takes a cancelled task out of its line, or interrupts it. */
  void forget(KeyedTask<K, ?> task) {
    var line = task.line();
    guard.lock();
    try {
      if (line.running == task && line.runner != null) {
        line.runner.interrupt();
      } else if (line.queue.remove(task)) {
        admitSubmitter(line);
      }
    } finally {
      guard.unlock();
    }
  }

  /**
   * Cancels everything that was accepted for the key: the running task is interrupted, the others
   * never start. Submitters that wait for a place are not affected.
   *
   * @return how many tasks were cancelled
   */
  public int cancel(K key) {
    var tasks = new ArrayList<KeyedTask<K, ?>>();
    guard.lock();
    try {
      var line = lines.get(requireNonNull(key, "key"));
      if (line != null) {
        tasks.addAll(line.queue);
        if (line.running != null) {
          tasks.add(line.running);
        }
      }
    } finally {
      guard.unlock();
    }
    int cancelled = 0;
    for (var task : tasks) {
      cancelled += task.cancel(true) ? 1 : 0;
    }
    return cancelled;
  }

  /**
   * Waits until there is nothing to do for the key.
   *
   * @return false if the time was over before
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public boolean drain(K key, Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before draining " + key);
    }
    var patience = Patience.of(timeout, time);
    var turn = Turn.create();
    KeyLine<K> line;
    guard.lock();
    try {
      line = lines.get(requireNonNull(key, "key"));
      if (line == null) {
        return true;
      }
      line.drainers.add(turn);
    } finally {
      guard.unlock();
    }
    return line.drainers.await(turn, patience, this);
  }

  /** Returns how many keys have something to do; only those hold memory. */
  public int size() {
    guard.lock();
    try {
      return lines.size();
    } finally {
      guard.unlock();
    }
  }

  @Override
  public String toString() {
    return "KeyedExecutor[%d keys on %s]".formatted(size(), executor.name());
  }

  /** Builds a {@link KeyedExecutor}. Not for several threads. */
  public static final class Builder<K> {

    private final ManagedExecutor executor;
    private int queue = 1_000;
    private int parallelism;
    private int yieldAfter = 16;
    private TimeSource timeSource = TimeSource.system();

    private Builder(ManagedExecutor executor) {
      this.executor = executor;
      parallelism = executor.snapshot().concurrency();
    }

    /**
     * Sets how many accepted tasks of one key may wait for those before them, at least 1. The default
     * is 1,000.
     *
     * @throws IllegalArgumentException if {@code queue} is less than 1
     */
    public Builder<K> queue(int queue) {
      this.queue = positive(queue, "queue");
      return this;
    }

    /**
     * Sets how many keys are worked for at once, at least 1. The default is the concurrency of the
     * executor; choose less to leave places there for other tasks.
     *
     * @throws IllegalArgumentException if {@code parallelism} is less than 1
     */
    public Builder<K> parallelism(int parallelism) {
      this.parallelism = positive(parallelism, "parallelism");
      return this;
    }

    /**
     * Sets after how many tasks a key lets other keys that wait go first, at least 1. The default is
     * 16.
     *
     * @throws IllegalArgumentException if {@code tasks} is less than 1
     */
    public Builder<K> yieldAfter(int tasks) {
      yieldAfter = positive(tasks, "yieldAfter");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder<K> timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    private static int positive(int value, String option) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " must be at least 1, was " + value);
      }
      return value;
    }

    /** Returns a keyed executor with these settings. */
    public KeyedExecutor<K> build() {
      return new KeyedExecutor<>(this);
    }
  }
}
