package dev.touchstone.concurrency.time;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time. */
final class SystemTimeSource implements TimeSource {

  static final TimeSource INSTANCE = new SystemTimeSource();

  private static final Logger log = LoggerFactory.getLogger(TimeSource.class);

  private SystemTimeSource() {}

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void park(Object blocker) {
    requireNonNull(blocker, "blocker");
    if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
      parkManaged(() -> LockSupport.park(blocker));
    } else {
      LockSupport.park(blocker);
    }
  }

  @Override
  public void parkUntil(Object blocker, long deadline) {
    requireNonNull(blocker, "blocker");
    var nanos = deadline - nanoTime();
    if (nanos <= 0) {
      return;
    }
    if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
      parkManaged(() -> LockSupport.parkNanos(blocker, nanos));
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  @Override
  public Timer schedule(Runnable action, Duration delay) {
    requireNonNull(action, "action");
    var timer = new OnceTimer(action);
    timer.future = Timers.EXECUTOR.schedule(timer, Nanos.of(delay), NANOSECONDS);
    return timer;
  }

  private static void parkManaged(Runnable park) {
    try {
      ForkJoinPool.managedBlock(new Park(park));
    } catch (RejectedExecutionException full) {
      park.run(); // the pool may not grow any further, so this worker waits without a spare
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt(); // declared by ManagedBlocker, never thrown by a park
    }
  }

  /** Parks once: a park may return for no reason, so there is nothing to check again. */
  private static final class Park implements ForkJoinPool.ManagedBlocker {

    private final Runnable park;
    private boolean parked;

    Park(Runnable park) {
      this.park = park;
    }

    @Override
    public boolean block() {
      parked = true;
      park.run();
      return true;
    }

    @Override
    public boolean isReleasable() {
      return parked;
    }
  }

  /** Decides between start and cancel, which a {@link Future} does not: it can cancel a start. */
  private static final class OnceTimer extends AtomicBoolean implements Timer, Runnable {

    private static final long serialVersionUID = 1L;

    private final transient Runnable action;

    /** Set before anybody can cancel; the timer's thread does not read it. */
    private transient @Nullable Future<?> future;

    OnceTimer(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      if (!compareAndSet(false, true)) {
        return;
      }
      try {
        action.run();
      } catch (Throwable failure) {
        log.error("The action of a timer failed: {}", action, failure);
      }
    }

    @Override
    public boolean cancel() {
      if (!compareAndSet(false, true)) {
        return false;
      }
      requireNonNull(future).cancel(false);
      return true;
    }
  }

  /** Holds the timer thread's executor, so that only a use of timers creates it. */
  private static final class Timers {

    static final ScheduledThreadPoolExecutor EXECUTOR = create();

    private static ScheduledThreadPoolExecutor create() {
      var threads = Thread.ofPlatform()
          .daemon()
          .name("touchstone-timer")
          .inheritInheritableThreadLocals(false) // it serves all, and outlives whoever was first
          .factory();
      var executor = new ScheduledThreadPoolExecutor(1, threads);
      executor.setRemoveOnCancelPolicy(true);
      return executor;
    }
  }
}
