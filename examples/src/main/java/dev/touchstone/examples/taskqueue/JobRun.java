package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.time.TimeSource.Timer;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a job in this process: waits in the buffer, runs, and is settled once, by whoever
 * comes first.
 */
final class JobRun implements Runnable {

  /** Why a handler is interrupted. */
  enum Interruption {
    CANCELLED,
    TIMED_OUT,
    SHUTDOWN,
    LEASE_LOST
  }

  private enum State {
    BUFFERED,
    RUNNING,
    SETTLED
  }

  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  /** How long an interrupted handler may take to return before its attempt is settled without it. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int LONGEST_ERROR = 2_000;

  private final ClaimedJob job;
  private final Lease lease;
  private final HandlerEntry<?> entry;
  private final Surroundings around;
  private final long bufferedAt;

  private final ReentrantLock lock = new ReentrantLock();

  /** All guarded by the lock. */
  private State state = State.BUFFERED;

  private @Nullable Thread thread;
  private @Nullable Interruption interruption;
  private @Nullable JobContext context;
  private @Nullable Timer timer;

  /** What a run needs of its worker. */
  interface Surroundings {

    /** Returns what the handler may know and do. */
    JobContext context(ClaimedJob job);

    /** A handler begins. */
    void began(ClaimedJob job);

    /** Returns the time. */
    TimeSource time();

    /** Returns the source of the variation of delays. */
    RandomGenerator random();

    /** Writes down how it ended. Must not wait. */
    void settle(JobRun run, Settlement settlement);

    /** Nothing runs any more. */
    void left(JobRun run);
  }

  JobRun(ClaimedJob job, Lease lease, HandlerEntry<?> entry, Surroundings around) {
    this.job = job;
    this.lease = lease;
    this.entry = entry;
    this.around = around;
    bufferedAt = around.time().nanoTime();
  }

  Fence fence() {
    return job.fence();
  }

  Lease lease() {
    return lease;
  }

  /** Returns whether a transaction of the handler has marked the job as done. */
  boolean isCompleted() {
    lock.lock();
    try {
      return context != null && context.isCompleted();
    } finally {
      lock.unlock();
    }
  }

  // The handler's thread

  @Override
  public void run() {
    try {
      if (begin()) {
        var settlement = attempt();
        end();
        settle(settlement);
      }
    } finally {
      around.left(this);
    }
  }

  /** Never throws: an attempt that is not settled would be this worker's for ever. */
  private Settlement attempt() {
    try {
      around.began(job);
      return settlement(entry.handle(job, requireNonNull(context)));
    } catch (Throwable failure) {
      return settlement(failure);
    }
  }

  private boolean begin() {
    var created = around.context(job);
    lock.lock();
    try {
      if (state != State.BUFFERED || lease.isOver()) {
        return false;
      }
      state = State.RUNNING;
      thread = Thread.currentThread();
      context = created;
      entry
          .timeout()
          .ifPresent(limit ->
              timer = around.time().schedule(() -> interrupt(Interruption.TIMED_OUT), limit));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** After this nobody interrupts the thread on account of this job. */
  private void end() {
    lock.lock();
    try {
      thread = null;
      if (timer != null) {
        timer.cancel();
      }
      Thread.interrupted(); // the thread goes on to another job
    } finally {
      lock.unlock();
    }
  }

  // Other threads

  /** Interrupts the handler, if it runs; after a grace the attempt is settled without it. */
  void interrupt(Interruption why) {
    lock.lock();
    try {
      if (thread == null || interruption != null) {
        return;
      }
      interruption = why;
      thread.interrupt();
      if (timer != null) {
        timer.cancel();
      }
      timer = around.time().schedule(this::abandon, GRACE);
    } finally {
      lock.unlock();
    }
  }

  /** Settles the attempt without its handler, which goes on in vain and keeps its place. */
  void abandon() {
    settle(settlement(new InterruptedException("the handler does not react to interruptions")));
  }

  /** Gives a job back that has not started; returns whether it had not. */
  boolean takeBack() {
    lock.lock();
    try {
      if (state != State.BUFFERED) {
        return false;
      }
      state = State.SETTLED;
    } finally {
      lock.unlock();
    }
    around.settle(this, again(AttemptEnd.RETURNED, Duration.ZERO, "returned before it started"));
    return true;
  }

  /** Returns whether it has waited in the buffer for longer than this. */
  boolean isStale(Duration limit) {
    lock.lock();
    try {
      return state == State.BUFFERED && around.time().nanoTime() - bufferedAt > limit.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void settle(Settlement settlement) {
    lock.lock();
    try {
      if (state != State.RUNNING) {
        return;
      }
      state = State.SETTLED;
    } finally {
      lock.unlock();
    }
    around.settle(this, settlement);
  }

  // How it ends

  private Settlement settlement(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> new Settlement.Succeeded(fence(), ran());
      case Outcome.Retry retry -> failed(AttemptEnd.FAILED, retry.reason(), retry.delay());
      case Outcome.Snooze snooze -> again(AttemptEnd.SNOOZED, snooze.delay(), "snoozed");
      case Outcome.Discard discard ->
        new Settlement.Dead(fence(), AttemptEnd.DISCARDED, shorten(discard.reason()));
    };
  }

  private Settlement settlement(Throwable failure) {
    return switch (interruption()) {
      case CANCELLED -> new Settlement.Cancelled(fence(), "cancelled while it ran");
      case TIMED_OUT ->
        failed(
            AttemptEnd.TIMED_OUT,
            "took longer than " + entry.timeout().orElseThrow() + ": " + describe(failure),
            Optional.empty());
      case SHUTDOWN, LEASE_LOST ->
        again(AttemptEnd.RETURNED, Duration.ZERO, "returned when its worker stopped");
      case null ->
        failure instanceof UnreadablePayloadException || entry.retry().isHopeless(failure)
            ? new Settlement.Dead(fence(), AttemptEnd.DISCARDED, describe(failure))
            : failed(AttemptEnd.FAILED, describe(failure), Optional.empty());
    };
  }

  private @Nullable Interruption interruption() {
    lock.lock();
    try {
      return interruption;
    } finally {
      lock.unlock();
    }
  }

  private Settlement failed(AttemptEnd end, String error, Optional<Duration> delay) {
    if (job.attempt() >= job.maxAttempts()) {
      return new Settlement.Dead(fence(), end, shorten(error));
    }
    return again(end, delay.orElseGet(this::backoff), error);
  }

  private Duration backoff() {
    try {
      return entry.retry().delayAfter(job.attempt(), around.random());
    } catch (RuntimeException e) {
      log.warn("The backoff of {} does not say how long to wait: the default one does", this, e);
      return RetryPolicy.DEFAULT.delayAfter(job.attempt(), around.random());
    }
  }

  private Settlement.Again again(AttemptEnd end, Duration delay, String error) {
    return new Settlement.Again(fence(), delay, end, shorten(error));
  }

  private Duration ran() {
    lock.lock();
    try {
      return context == null ? Duration.ZERO : context.ran();
    } finally {
      lock.unlock();
    }
  }

  private static String describe(Throwable failure) {
    var text = new StringBuilder();
    try {
      text.append(failure);
      for (var cause = failure.getCause();
          cause != null && text.length() < LONGEST_ERROR;
          cause = cause.getCause()) {
        text.append("; caused by ").append(cause);
      }
    } catch (RuntimeException | StackOverflowError e) {
      text.append(failure.getClass().getName()).append(", which does not say more");
    }
    return shorten(text.toString());
  }

  /** Text that every store can keep: PostgreSQL has no place for the character NUL. */
  private static String shorten(String text) {
    var storable = text.replace('\0', '?');
    return storable.length() <= LONGEST_ERROR ? storable : storable.substring(0, LONGEST_ERROR);
  }

  @Override
  public String toString() {
    return "job " + fence().id() + " of kind '" + entry.kind() + "'";
  }
}
