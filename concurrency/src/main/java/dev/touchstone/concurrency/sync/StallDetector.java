package dev.touchstone.concurrency.sync;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.PeriodicTask;
import dev.touchstone.concurrency.executor.RunningTask;
import dev.touchstone.concurrency.sync.StallReport.StalledWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tasks and lock waits that have lasted too long, and for deadlocks among the locks of this
 * module.
 *
 * <p>It sees virtual threads, which the deadlock detection of the JDK does not:
 * {@snippet class="dev.touchstone.concurrency.sync.SnippetsTest" region="stall-detector"}
 *
 * <p>It watches what it is told to watch, and looks when it is asked, or now and then on an executor
 * that {@link #start} is given; it has no thread of its own. A deadlock is reported only if each of
 * its waits was there in two looks in a row, so it is a real one. Safe for use by several threads.
 */
public final class StallDetector {

  private final Duration limit;
  private final List<ManagedExecutor> executors;
  private final List<LockWaits> locks;

  private StallDetector(Builder options) {
    limit = options.limit;
    executors = List.copyOf(options.executors);
    locks = List.copyOf(options.locks);
  }

  /** Returns a builder of a detector that watches nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Looks now. Takes the stack traces of what it reports. */
  public StallReport check() {
    var before = waits();
    var now = waits();
    return new StallReport(longTasks(), longWaits(now), cycles(before, now));
  }

  /**
   * Looks again and again, as a task of the executor.
   *
   * @param executor runs each look; between two looks it is free for others
   * @param period the time between two looks
   * @param listener gets each report in which something was found
   * @throws IllegalArgumentException if {@code period} is not positive
   */
  public PeriodicTask start(
      ManagedExecutor executor, Duration period, Consumer<? super StallReport> listener) {
    requireNonNull(listener, "listener");
    return executor.every(period).start(() -> {
      var report = check();
      if (!report.isClean()) {
        listener.accept(report);
      }
    });
  }

  private List<LockWait> waits() {
    return locks.stream().flatMap(lock -> lock.lockWaits().stream()).toList();
  }

  private List<RunningTask> longTasks() {
    return executors.stream()
        .flatMap(executor -> executor.running().stream())
        .filter(task -> isLong(task.age()))
        .toList();
  }

  private List<StalledWait> longWaits(List<LockWait> waits) {
    return waits.stream()
        .filter(wait -> isLong(wait.age()))
        .map(wait -> new StalledWait(wait, stackOf(wait.waiter()), stackOf(wait.holder())))
        .toList();
  }

  private boolean isLong(Duration age) {
    return age.compareTo(limit) >= 0;
  }

  private static List<StackTraceElement> stackOf(@Nullable Thread thread) {
    return thread == null ? List.of() : List.of(thread.getStackTrace());
  }

  /*
   * Each thread waits for one lock at most, so following the holders from a thread either ends or
   * runs into a cycle. A wait that is in both looks lasted from one to the other; a holder that is a
   * waiter of the same cycle cannot have released anything in between. So the whole cycle was there
   * at one moment, and a cycle that is there once stays.
   */
  private static List<List<LockWait>> cycles(List<LockWait> before, List<LockWait> now) {
    Map<Thread, LockWait> lasting = new LinkedHashMap<>();
    for (var wait : now) {
      if (before.stream().anyMatch(earlier -> isSame(earlier, wait))) {
        lasting.put(wait.waiter(), wait);
      }
    }
    var cycles = new ArrayList<List<LockWait>>();
    Set<Thread> visited = new HashSet<>();
    for (var wait : lasting.values()) {
      var path = new ArrayList<LockWait>();
      var next = wait;
      while (next != null && visited.add(next.waiter())) {
        path.add(next);
        next = next.holder() == null ? null : lasting.get(next.holder());
      }
      var start = next == null ? -1 : path.indexOf(next);
      if (start >= 0) {
        cycles.add(path.subList(start, path.size()));
      }
    }
    return cycles;
  }

  private static boolean isSame(LockWait earlier, LockWait wait) {
    return earlier.waiter().equals(wait.waiter())
        && earlier.lock().equals(wait.lock())
        && earlier.since() == wait.since();
  }

  /** Builds a {@link StallDetector}. Not for several threads. */
  public static final class Builder {

    private Duration limit = Duration.ofSeconds(10);
    private final List<ManagedExecutor> executors = new ArrayList<>();
    private final List<LockWaits> locks = new ArrayList<>();

    private Builder() {}

    /**
     * Sets how long a task may run and a thread may wait. The default is 10 s.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Builder limit(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("limit must not be negative, was " + limit);
      }
      this.limit = limit;
      return this;
    }

    /** Watches the tasks of the executor. */
    public Builder watch(ManagedExecutor executor) {
      executors.add(requireNonNull(executor, "executor"));
      return this;
    }

    /** Watches the waits for a lock, such as a {@link Guarded} or a {@code KeyedLock}. */
    public Builder watch(LockWaits lock) {
      locks.add(requireNonNull(lock, "lock"));
      return this;
    }

    /** Returns a detector that watches these. */
    public StallDetector build() {
      return new StallDetector(this);
    }
  }
}
