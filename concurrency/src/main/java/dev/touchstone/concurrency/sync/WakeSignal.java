package dev.touchstone.concurrency.sync;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import dev.touchstone.concurrency.waiting.Turns;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells a thread when to look for work: when somebody says so, when something is due, or after a
 * while in any case.
 *
 * <p>This serves a table of jobs that other processes write to as well, so a signal may be missing:
 * {@snippet class="dev.touchstone.concurrency.sync.SnippetsTest" region="wake-signal"}
 *
 * <p>Signals do not add up: any number of them between two waits end one wait. A wait that nothing
 * ends is over after the poll interval, varied at random so that processes that start together do not
 * poll together.
 *
 * <p>One thread waits at a time; {@code signal} and {@code dueIn} are for all threads, and never
 * wait. What happens before a signal happens before the return of the wait that it ends.
 */
public final class WakeSignal {

  /** What ended a wait. */
  public enum Cause {
    /** A signal, given during the wait or since the last one. */
    SIGNAL,
    /** The time of {@link WakeSignal#dueIn} has come. */
    DUE,
    /** Nothing, for as long as the poll interval. */
    POLL
  }

  private final Duration poll;
  private final double jitter;
  private final RandomGenerator random;
  private final TimeSource time;

  private final ReentrantLock guard = new ReentrantLock();

  /** All guarded by the guard. */
  private final Turns<Turn> line = new Turns<>(guard);

  private boolean isSignalled;
  private boolean isOccupied;
  private @Nullable Long dueAt;

  private WakeSignal(Builder options) {
    poll = options.poll;
    jitter = options.jitter;
    random = options.random;
    time = options.timeSource;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Ends the wait of this moment, or the next one if nobody waits. */
  public void signal() {
    guard.lock();
    try {
      isSignalled = true;
      line.pollAll().forEach(Turn::call);
    } finally {
      guard.unlock();
    }
  }

  /**
   * Ends the wait of that moment, or the next one if nobody waits then.
   *
   * <p>Of several times the earliest counts; it is forgotten when a wait has ended for that cause.
   *
   * @param delay from now; zero or negative means now
   */
  public void dueIn(Duration delay) {
    var at = time.deadlineAfter(delay);
    guard.lock();
    try {
      if (dueAt == null || at - dueAt < 0) {
        dueAt = at;
        line.pollAll().forEach(Turn::call); // whoever waits looks how long to wait now
      }
    } finally {
      guard.unlock();
    }
  }

  /**
   * Waits for a reason to look for work.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting; a signal is not lost
   * @throws IllegalStateException if another thread waits already
   */
  public Cause await() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for a signal");
    }
    var pollAt = time.deadlineAfter(varied());
    occupy();
    try {
      while (true) {
        var turn = Turn.create();
        var cause = causeOrStand(turn, pollAt);
        if (cause != null) {
          return cause;
        }
        line.await(turn, Patience.of(untilNext(pollAt), time), this);
      }
    } finally {
      vacate();
    }
  }

  private Duration varied() {
    var factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (poll.toNanos() * factor));
  }

  private void occupy() {
    guard.lock();
    try {
      if (isOccupied) {
        throw new IllegalStateException(
            "another thread waits for this signal: use one WakeSignal for each thread that waits");
      }
      isOccupied = true;
    } finally {
      guard.unlock();
    }
  }

  private void vacate() {
    guard.lock();
    try {
      isOccupied = false;
    } finally {
      guard.unlock();
    }
  }

  private @Nullable Cause causeOrStand(Turn turn, long pollAt) {
    var now = time.nanoTime();
    guard.lock();
    try {
      if (isSignalled) {
        isSignalled = false;
        return Cause.SIGNAL;
      }
      if (dueAt != null && dueAt - now <= 0) {
        dueAt = null;
        return Cause.DUE;
      }
      if (pollAt - now <= 0) {
        return Cause.POLL;
      }
      line.add(turn);
      return null;
    } finally {
      guard.unlock();
    }
  }

  private Duration untilNext(long pollAt) {
    var now = time.nanoTime();
    guard.lock();
    try {
      var next = dueAt != null && dueAt - pollAt < 0 ? dueAt : pollAt;
      return Duration.ofNanos(next - now);
    } finally {
      guard.unlock();
    }
  }

  @Override
  public String toString() {
    return "WakeSignal[poll " + poll + "]";
  }

  /** Builds a {@link WakeSignal}. Not for several threads. */
  public static final class Builder {

    private Duration poll = Duration.ofSeconds(5);
    private double jitter = 0.2;
    private RandomGenerator random = RandomGenerator.getDefault();
    private TimeSource timeSource = TimeSource.system();

    private Builder() {}

    /**
     * Sets after what time a wait ends in any case. The default is 5 s.
     *
     * @throws IllegalArgumentException if {@code poll} is not positive, or longer than 100 years
     */
    public Builder poll(Duration poll) {
      if (!poll.isPositive() || poll.toDays() > 36_500) {
        throw new IllegalArgumentException(
            "poll must be positive and at most 100 years, was " + poll);
      }
      this.poll = poll;
      return this;
    }

    /**
     * Sets by which part of it the poll interval varies, both ways: from 0 to 1. The default is 0.2.
     *
     * @throws IllegalArgumentException if {@code jitter} is not from 0 to 1
     */
    public Builder jitter(double jitter) {
      if (!(jitter >= 0 && jitter <= 1)) {
        throw new IllegalArgumentException("jitter must be from 0 to 1, was " + jitter);
      }
      this.jitter = jitter;
      return this;
    }

    /** Sets where randomness comes from. Meant for tests. Used by the thread that waits. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Returns a signal that nobody has given. */
    public WakeSignal build() {
      return new WakeSignal(this);
    }
  }
}
