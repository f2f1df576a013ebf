package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.time.TimeSource.Timer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has those looked for that last longer than a limit.
 *
 * <p>All have the same limit, so one timer is enough: it is set for the end of the oldest one, and
 * those that begin later end later.
 */
final class Watchdog {

  private final TimeSource time;
  private final Duration limit;
  private final Round round;
  private final AtomicBoolean isAwake = new AtomicBoolean();
  private volatile @Nullable Timer timer;
  private volatile boolean isClosed;

  Watchdog(TimeSource time, Duration limit, Round round) {
    this.time = time;
    this.limit = limit;
    this.round = round;
  }

  /** Ends those that have reached the limit. */
  @FunctionalInterface
  interface Round {

    /**
     * Ends them, and returns when the next one will reach the limit.
     *
     * @param limit how long they may last, in nanoseconds
     * @param sleep to be run if there is none, before another one can begin: under the lock that
     *     guards the beginning
     */
    OptionalLong make(long limit, Runnable sleep);
  }

  Duration limit() {
    return limit;
  }

  /** Returns the limit, or the longest time there is. */
  long limitNanos() {
    return NANOSECONDS.convert(limit);
  }

  /** Called after something has begun that may last too long. */
  void wake() {
    if (!isAwake.get() && isAwake.compareAndSet(false, true)) {
      set(limit);
    }
  }

  private void set(Duration delay) {
    timer = time.schedule(this::look, delay);
    if (isClosed) {
      close();
    }
  }

  private void look() {
    round
        .make(limitNanos(), () -> isAwake.set(false))
        .ifPresent(end -> set(Duration.ofNanos(Math.max(0, end - time.nanoTime()))));
  }

  void close() {
    isClosed = true;
    var pending = timer;
    if (pending != null) {
      pending.cancel();
    }
  }
}
