package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.time.TimeSource.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is repeated in the background until it is closed.
 *
 * <p>This looks for new mail about once a minute, and more rarely while that fails:
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="periodic"}
 *
 * <p>Runs never overlap: the next one is due a period after the work of the last one has really
 * ended, also if that has timed out and goes on all the same. A run that fails does not end the
 * repetition; its failure goes to the {@link FailureListener} of the executor and to {@link
 * #lastFailure}. A run that the executor rejects counts as failed. When the executor is shut down,
 * the repetition ends, which is no failure.
 *
 * <p>Safe for use by several threads. No foreign code runs under its lock.
 */
public final class PeriodicTask implements AutoCloseable {

  private final ManagedExecutor executor;
  private final TimeSource time;
  private final Runnable work;
  private final Builder options;
  private final Snapshot context;

  private final ReentrantLock lock = new ReentrantLock();

  /** These are guarded by the lock. */
  private @Nullable Timer timer;

  private @Nullable Run run;
  private @Nullable Throwable lastFailure;
  private boolean isClosed;
  private int failuresInARow;
  private long runs;
  private OptionalLong nextAt = OptionalLong.empty();

  private PeriodicTask(Builder options, Runnable work) {
    executor = options.executor;
    time = executor.time();
    this.options = options.copy();
    this.work = work;
    context = executor.capture();
  }

  /** Returns how many runs have ended, or failed otherwise. */
  public long runs() {
    lock.lock();
    try {
      return runs;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what the last run threw; empty if it returned, or if there was none. */
  public Optional<Throwable> lastFailure() {
    lock.lock();
    try {
      return Optional.ofNullable(lastFailure);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how long until the next run; empty while one runs, and after the end. */
  public Optional<Duration> nextRunIn() {
    var now = time.nanoTime();
    lock.lock();
    try {
      return nextAt.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(Math.max(0, nextAt.getAsLong() - now)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the repetition and waits for the current run, for as long as the grace of the executor;
   * after that, or when interrupted, the run is interrupted.
   *
   * <p>Called by the run itself, it does not wait. The interrupt flag stays set.
   */
  @Override
  public void close() {
    Run current;
    Timer pending;
    lock.lock();
    try {
      isClosed = true;
      current = run;
      pending = timer;
      timer = null;
      nextAt = OptionalLong.empty();
    } finally {
      lock.unlock();
    }
    if (pending != null) {
      pending.cancel();
    }
    if (current != null && !current.isRunBy(Thread.currentThread())) {
      awaitOrCancel(current);
    }
  }

  private void awaitOrCancel(Run current) {
    try {
      if (!current.awaitUntil(time, time.deadlineAfter(executor.grace()))) {
        interrupt(current);
      }
    } catch (InterruptedException interrupted) {
      interrupt(current);
      Thread.currentThread().interrupt();
    }
  }

  private void interrupt(Run current) {
    lock.lock();
    try {
      if (current.equals(run)) {
        current.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void schedule(Duration delay) {
    if (executor.isShutdown()) {
      return;
    }
    var due = time.deadlineAfter(delay);
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      nextAt = OptionalLong.of(due);
    } finally {
      lock.unlock();
    }
    var set = time.schedule(this::start, delay);
    lock.lock();
    try {
      if (nextAt.equals(OptionalLong.of(due))) { // else it has started, or all was closed
        timer = set;
        return;
      }
    } finally {
      lock.unlock();
    }
    set.cancel();
  }

  /** Runs on the timer's thread, which must not wait for a place. */
  private void start() {
    lock.lock();
    try {
      timer = null;
      nextAt = OptionalLong.empty();
      if (isClosed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    var next = new Run();
    try {
      executor
          .submitAtOnce(work, Executors.callable(() -> run(next)), context)
          .whenDone((result, failure) -> completed(next, failure));
    } catch (Throwable failure) { // a rejection, or what the priority of the executor throws
      if (!isEnd(failure)) {
        schedule(delayAfter(failure));
      }
    }
  }

  private void run(Run next) {
    lock.lock();
    try {
      if (isClosed || next.isCompleted) {
        return;
      }
      next.thread = Thread.currentThread();
      run = next;
    } finally {
      lock.unlock();
    }
    try {
      work.run();
    } finally {
      lock.lock();
      try {
        run = null; // from here on a close no longer interrupts this thread
      } finally {
        lock.unlock();
      }
      next.open();
    }
  }

  /** Called when the task of a run has a result, which after a timeout is before its work ends. */
  private void completed(Run last, @Nullable Throwable failure) {
    boolean isAtWork;
    lock.lock();
    try {
      last.isCompleted = true;
      isAtWork = last.equals(run);
    } finally {
      lock.unlock();
    }
    if (failure != null && isEnd(failure)) {
      return;
    }
    var delay = delayAfter(failure);
    if (isAtWork) {
      last.whenOpen(() -> schedule(delay));
    } else {
      schedule(delay);
    }
  }

  /** Returns whether a run was refused or cancelled because the executor was shut down. */
  private boolean isEnd(Throwable failure) {
    return (failure instanceof TaskRejectedException || failure instanceof CancellationException)
        && executor.isShutdown();
  }

  /** Counts a run, tells of its failure, and returns how long to wait for the next one. */
  private Duration delayAfter(@Nullable Throwable failure) {
    int failures;
    lock.lock();
    try {
      runs++;
      lastFailure = failure;
      failuresInARow = failure == null ? 0 : failuresInARow + 1;
      failures = failuresInARow;
    } finally {
      lock.unlock();
    }
    if (failure == null) {
      return options.nextPeriod();
    }
    executor.report(failure);
    try {
      return requireNonNull(options.onFailure.delayAfter(failures), "the backoff returned null");
    } catch (Throwable broken) { // thrown by code of the user; it does not end the repetition
      executor.report(broken);
      return options.nextPeriod();
    }
  }

  /** One run; opens when the work has ended. */
  private static final class Run extends Latch {

    /** Set when the work begins; guarded by the lock, as is the next. */
    private @Nullable Thread thread;

    /** Whether its task has a result, so that the work must not begin any more. */
    private boolean isCompleted;

    boolean isRunBy(Thread candidate) {
      return candidate.equals(thread);
    }

    void interrupt() {
      requireNonNull(thread).interrupt();
    }
  }

  /** Builds a {@link PeriodicTask}. Reusable after a start; not for several threads. */
  public static final class Builder {

    private final ManagedExecutor executor;
    private final Duration period;
    private Duration jitter = Duration.ZERO;
    private Backoff onFailure;

    Builder(ManagedExecutor executor, Duration period) {
      if (!period.isPositive()) {
        throw new IllegalArgumentException("period must be positive, was " + period);
      }
      this.executor = executor;
      this.period = period;
      onFailure = Backoff.constant(period);
    }

    /**
     * Sets up to what time is added to each period at random. The default is zero.
     *
     * @throws IllegalArgumentException if {@code jitter} is negative
     */
    public Builder jitter(Duration jitter) {
      if (jitter.isNegative()) {
        throw new IllegalArgumentException("jitter must not be negative, was " + jitter);
      }
      this.jitter = jitter;
      return this;
    }

    /**
     * Sets how long to wait after failures in a row. The default is the period, which also counts
     * when the backoff fails; then its failure goes to the {@link FailureListener}, too.
     */
    public Builder onFailure(Backoff onFailure) {
      this.onFailure = requireNonNull(onFailure, "onFailure");
      return this;
    }

    /**
     * Starts the repetition; the first run is due after a period.
     *
     * <p>All runs see the context of the thread that calls this, if the executor has one.
     */
    public PeriodicTask start(Runnable work) {
      var task = new PeriodicTask(this, requireNonNull(work, "work"));
      task.schedule(nextPeriod());
      return task;
    }

    private Duration nextPeriod() {
      return jitter.isZero()
          ? period
          : period.plusNanos(ThreadLocalRandom.current().nextLong(NANOSECONDS.convert(jitter)));
    }

    private Builder copy() {
      var copy = new Builder(executor, period);
      copy.jitter = jitter;
      copy.onFailure = onFailure;
      return copy;
    }
  }
}
