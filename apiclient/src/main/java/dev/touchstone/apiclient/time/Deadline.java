package dev.touchstone.apiclient.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The moment by which a call must be over, on the monotonic clock.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class Deadline {

  /* 100 years keep the sum of a nanoTime and a duration inside a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final TimeSource time;
  private final long atNanos;

  private Deadline(TimeSource time, long atNanos) {
    this.time = time;
    this.atNanos = atNanos;
  }

  /**
   * Returns the deadline that lies the given time ahead.
   *
   * @param time zero or positive; more than 100 years counts as 100 years
   * @param source the clock to measure with
   */
  public static Deadline after(Duration time, TimeSource source) {
    requireNonNull(time, "time");
    return new Deadline(source, source.nanoTime() + saturatedNanos(time));
  }

  /** Returns the time left; zero once the deadline has passed, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(remainingNanos());
  }

  /** Returns the nanoseconds left; zero once the deadline has passed, never negative. */
  public long remainingNanos() {
    return Math.max(0, atNanos - time.nanoTime());
  }

  /** Returns whether no time is left. */
  public boolean isPassed() {
    return remainingNanos() == 0;
  }

  /** Returns the deadline as a time of day, for messages. */
  public Instant at() {
    return time.now().plusNanos(atNanos - time.nanoTime());
  }

  @Override
  public String toString() {
    return "Deadline[" + remaining() + " left]";
  }

  private static long saturatedNanos(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
  }
}
