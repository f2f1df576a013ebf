package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds the jobs of a queue back, over all workers.
 *
 * @param isPaused whether none may start
 * @param maxRunning how many may run at once
 * @param rate how many may start in a while
 */
public record QueueLimits(boolean isPaused, OptionalInt maxRunning, Optional<Rate> rate) {

  /** Nothing holds them back. */
  public static final QueueLimits NONE =
      new QueueLimits(false, OptionalInt.empty(), Optional.empty());

  /**
   * A token bucket.
   *
   * @param perSecond how many may start in a second, on average
   * @param burst how many may start at once after a quiet while
   */
  public record Rate(double perSecond, int burst) {
    /** Checks that something may start. */
    public Rate {
      if (!(perSecond > 0 && Double.isFinite(perSecond)) || burst < 1) {
        throw new IllegalArgumentException(
            "a rate must be positive with a burst of at least 1, was " + perSecond + "/s, burst "
                + burst);
      }
    }
  }

  /**
   * What a bucket held at a moment.
   *
   * @param tokens how many may start then
   * @param at the moment
   */
  public record Bucket(double tokens, Instant at) {}

  /** Checks the number. */
  public QueueLimits {
    if (maxRunning.isPresent() && maxRunning.getAsInt() < 1) {
      throw new IllegalArgumentException("maxRunning must be at least 1, was "
          + maxRunning.getAsInt() + ": pause the queue to let none run");
    }
  }

  /** Returns these limits, and that none may start. */
  public QueueLimits paused() {
    return new QueueLimits(true, maxRunning, rate);
  }

  /** Returns these limits without the pause. */
  public QueueLimits resumed() {
    return new QueueLimits(false, maxRunning, rate);
  }

  /** Returns whether nothing holds the jobs back. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns what the bucket holds now: full at first, and never more than the burst. */
  public Optional<Bucket> fill(Optional<Bucket> bucket, Instant time) {
    var now =
        time.truncatedTo(ChronoUnit.MILLIS); // what stores keep, or the rest would count twice
    return rate.map(limit -> {
      var tokens = bucket
          .map(then -> then.tokens()
              + limit.perSecond() * Math.max(0, Duration.between(then.at(), now).toNanos()) / 1e9)
          .orElse((double) limit.burst());
      return new Bucket(Math.min(tokens, limit.burst()), now);
    });
  }

  /**
   * Returns how many jobs may start now.
   *
   * @param running how many run
   * @param bucket what the bucket holds now
   */
  public int room(int running, Optional<Bucket> bucket) {
    if (isPaused) {
      return 0;
    }
    var places = maxRunning.isPresent() ? maxRunning.getAsInt() - running : Integer.MAX_VALUE;
    var tokens = bucket.map(held -> (int) held.tokens()).orElse(Integer.MAX_VALUE);
    return Math.max(0, Math.min(places, tokens));
  }

  /** Returns how long until the rate lets the next job start; empty if it would now. */
  public Optional<Duration> untilNext(Optional<Bucket> bucket, Instant now) {
    return rate.flatMap(limit -> fill(bucket, now)
        .filter(held -> held.tokens() < 1)
        .map(held ->
            Duration.ofNanos((long) Math.ceil((1 - held.tokens()) / limit.perSecond() * 1e9))));
  }

  /** Returns the bucket without the tokens of the jobs that start. */
  public static Optional<Bucket> take(Optional<Bucket> bucket, int started) {
    return bucket.map(held -> new Bucket(held.tokens() - started, held.at()));
  }
}
