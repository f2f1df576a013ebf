package dev.touchstone.concurrency.keyed;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import dev.touchstone.concurrency.keyed.KeyLine.Submitter;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
 * <p>What the executor runs are workers that go from key to key: its listener and its priority see
 * them, not the tasks. A {@code runTimeout} would end a worker however many tasks it has run, and with
 * the last one what waits for a worker: use an executor without.
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

  private final ManagedExecutor executor;
  private final TimeSource time;
  private final KeyLines<K> lines;
  private final KeyWorkers<K> workers;
  private final ReentrantLock guard; // that of the lines

  private KeyedExecutor(Builder<K> options) {
    executor = options.executor;
    time = options.timeSource;
    lines = new KeyLines<>(options.queue);
    guard = lines.guard;
    workers = new KeyWorkers<>(executor, lines, options.parallelism, options.yieldAfter);
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
   *     everything that was waiting for a worker ends with this exception. The same goes for what the
   *     priority or the context of the executor throws
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
      if (!lines.offer(task)) {
        return Optional.empty();
      }
      isWorkerMissing = workers.isMissing();
    } finally {
      guard.unlock();
    }
    return !isWorkerMissing || workers.tryStart() || !withdraw(task)
        ? Optional.of(task)
        : Optional.empty();
  }

  private <T extends @Nullable Object> @Nullable CompletableFuture<T> submit(
      K key, Callable<? extends T> work, Patience patience) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before submitting for " + key);
    }
    var context = executor.context().capture();
    KeyedTask<K, T> task;
    Submitter<K> submitter = null;
    KeyWorkers<K>.Worker hired = null;
    guard.lock();
    try {
      task = task(key, work, context);
      if (lines.offer(task)) {
        hired = workers.hire();
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
        if (workers.areNone()) {
          hired = workers.hire(); // nobody comes to its task if the one before it was withdrawn
        }
      } finally {
        guard.unlock();
      }
    }
    if (hired != null) {
      workers.start(hired);
    }
    return task;
  }

  private <T extends @Nullable Object> KeyedTask<K, T> task(
      K key, Callable<? extends T> work, Snapshot context) {
    requireNonNull(work, "work");
    return new KeyedTask<>(this, lines.of(requireNonNull(key, "key")), work, context);
  }

  /** Takes back a task if there is no worker that would come to it; returns whether it did. */
  private boolean withdraw(KeyedTask<K, ?> task) {
    guard.lock();
    try {
      if (!workers.areNone() || !lines.remove(task)) {
        return false;
      }
      lines.unscheduleIfEmpty(task.line());
      return true;
    } finally {
      guard.unlock();
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
      } else {
        lines.remove(task);
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
      var line = lines.find(requireNonNull(key, "key"));
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
      line = lines.find(requireNonNull(key, "key"));
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
