package dev.touchstone.concurrency.limit;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.limit.Limit.Outcome;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Patience;
import dev.touchstone.concurrency.waiting.Turn;
import dev.touchstone.concurrency.waiting.Turns;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a limited number of pieces of work be done at once, on whatever threads.
 *
 * <p>This calls a service with as much concurrency as it can take, which the limit finds out:
 * {@snippet class="dev.touchstone.concurrency.limit.SnippetsTest" region="limiter"}
 *
 * <p>Who has to wait is served in the order of arrival, or the latest first. A bounded number of
 * threads may wait.
 *
 * <p>Safe for use by several threads. What is done before a permit is given back happens before what
 * its next holder does.
 */
public final class ConcurrencyLimiter {

  /*
   * Permits are a counter; while nobody waits, taking and giving back is one compare-and-set each.
   * A thread that has to wait counts itself in `waiting` first and then looks at the permits again,
   * under the guard; who gives back changes the counter first and then looks at `waiting`: one of
   * the two sees the other. A newcomer does not take a permit while others wait; `tryAcquire` does.
   * The permit for a waiter is counted by who calls it, so it cannot be taken in between.
   */
  private static final VarHandle IN_FLIGHT;

  static {
    try {
      IN_FLIGHT =
          MethodHandles.lookup().findVarHandle(ConcurrencyLimiter.class, "inFlight", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Who of those that wait gets the next permit. */
  public enum Order {
    /** The one that has waited longest. */
    FIFO,
    /** The one that has waited shortest: under overload, some are served well instead of none. */
    LIFO
  }

  private final int backlog;
  private final Order order;
  private final TimeSource time;
  private final Patience endless;

  private volatile Limit limit;
  private volatile int inFlight;

  /** Written with the guard held. */
  private volatile int waiting;

  private final ReentrantLock guard = new ReentrantLock();
  private final Turns<Turn> line = new Turns<>(guard);

  private ConcurrencyLimiter(Builder options) {
    backlog = options.backlog;
    order = options.order;
    time = options.timeSource;
    endless = Patience.endless(time);
    limit = options.limit;
  }

  /**
   * Returns a limiter of a fixed number of permits.
   *
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public static ConcurrencyLimiter of(int permits) {
    return builder(Limit.fixed(permits)).build();
  }

  /** Returns a builder for a limiter with the given limit, which is to be used by this one only. */
  public static Builder builder(Limit limit) {
    return new Builder(limit);
  }

  /**
   * Waits for a permit.
   *
   * @throws LimitExceededException if as many threads wait as may
   * @throws InterruptedException if the flag was set on entry or while waiting; no permit is taken
   */
  public Permit acquire() throws InterruptedException {
    failIfInterrupted();
    var permit = waiting == 0 ? take() : null;
    return permit != null ? permit : requireNonNull(await(endless));
  }

  /**
   * Waits for a permit, but no longer than the given time.
   *
   * @return empty if the time was over before
   * @throws LimitExceededException if as many threads wait as may
   * @throws InterruptedException if the flag was set on entry or while waiting; no permit is taken
   */
  public Optional<Permit> acquire(Duration timeout) throws InterruptedException {
    requireNonNull(timeout, "timeout");
    failIfInterrupted();
    var permit = waiting == 0 ? take() : null;
    if (permit == null && !timeout.isPositive()) {
      return tryAcquire();
    }
    return Optional.ofNullable(permit != null ? permit : await(Patience.of(timeout, time)));
  }

  /** Takes a permit if there is one, also if others wait. Does not wait. */
  public Optional<Permit> tryAcquire() {
    return Optional.ofNullable(take());
  }

  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for a permit");
    }
  }

  private @Nullable Permit take() {
    return count() ? permit() : null;
  }

  private Permit permit() {
    return new Permit(this, limit instanceof FixedLimit ? 0 : time.nanoTime(), inFlight);
  }

  private boolean count() {
    while (true) {
      var now = inFlight;
      if (now >= limit.current()) {
        return false;
      }
      if (IN_FLIGHT.compareAndSet(this, now, now + 1)) {
        return true;
      }
    }
  }

  private @Nullable Permit await(Patience patience) throws InterruptedException {
    var turn = Turn.create();
    if (!stand(turn)) {
      var permit = take(); // the limit may have grown meanwhile
      if (permit == null) {
        throw new LimitExceededException(limit(), backlog);
      }
      return permit;
    }
    try {
      return line.await(turn, patience, this) ? permit() : null;
    } finally {
      recount();
    }
  }

  /** Joins the line, and calls those for whom there are permits; returns false if it is full. */
  private boolean stand(Turn turn) {
    guard.lock();
    try {
      if (line.size() >= backlog) {
        return false;
      }
      line.add(turn);
      waiting = line.size();
      callAll();
      return true;
    } catch (Throwable broken) { // thrown by the limit
      if (!line.remove(turn)) {
        IN_FLIGHT.getAndAdd(this, -1); // it was called before, and nobody will use its permit
      }
      waiting = line.size();
      throw broken;
    } finally {
      guard.unlock();
    }
  }

  private void recount() {
    guard.lock();
    try {
      waiting = line.size();
    } finally {
      guard.unlock();
    }
  }

  /** Calls those for whom there are permits. The guard is held. */
  private void callAll() {
    while (line.size() > 0 && count()) {
      var next = requireNonNull(order == Order.FIFO ? line.pollFirst() : line.pollLast());
      next.call();
    }
    waiting = line.size();
  }

  void release(long startedAt, int inFlightThen, @Nullable Outcome outcome) {
    IN_FLIGHT.getAndAdd(this, -1);
    try {
      if (outcome != null && !(limit instanceof FixedLimit)) {
        limit.onSample(time.nanoTime() - startedAt, inFlightThen, outcome);
      }
    } finally {
      callIfWaiting();
    }
  }

  private void callIfWaiting() {
    if (waiting == 0) {
      return;
    }
    guard.lock();
    try {
      callAll();
    } finally {
      guard.unlock();
    }
  }

  /** Returns how much may be done at this moment. */
  public int limit() {
    return limit.current();
  }

  /** Returns how many permits are taken; after the limit has shrunk, that may be more than it. */
  public int inFlight() {
    return inFlight;
  }

  /** Returns how many threads wait for a permit. */
  public int waiting() {
    return waiting;
  }

  /**
   * Changes the number of permits. What is being done goes on, and a call that is under way may still
   * take a permit under the old limit; the same is true when a limit adapts.
   *
   * @throws IllegalArgumentException if {@code permits} is less than 1
   * @throws IllegalStateException if the limit is not a fixed one
   */
  public void resize(int permits) {
    if (!(limit instanceof FixedLimit)) {
      throw new IllegalStateException("a limit that adapts cannot be resized: use Limit.fixed");
    }
    limit = Limit.fixed(permits);
    callIfWaiting();
  }

  @Override
  public String toString() {
    return "ConcurrencyLimiter[%d of %d permits taken, %d threads wait]"
        .formatted(inFlight(), limit(), waiting());
  }

  /** Builds a {@link ConcurrencyLimiter}. Not for several threads. */
  public static final class Builder {

    private final Limit limit;
    private int backlog = 1_000;
    private Order order = Order.FIFO;
    private TimeSource timeSource = TimeSource.system();

    private Builder(Limit limit) {
      this.limit = requireNonNull(limit, "limit");
    }

    /**
     * Sets how many threads may wait, at least 0. The default is 1,000.
     *
     * @throws IllegalArgumentException if {@code backlog} is negative
     */
    public Builder backlog(int backlog) {
      if (backlog < 0) {
        throw new IllegalArgumentException("backlog must not be negative, was " + backlog);
      }
      this.backlog = backlog;
      return this;
    }

    /** Sets who is served first. The default is the one that has waited longest. */
    public Builder order(Order order) {
      this.order = requireNonNull(order, "order");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Returns a limiter with these settings; no permit is taken. */
    public ConcurrencyLimiter build() {
      return new ConcurrencyLimiter(this);
    }
  }
}
