package dev.touchstone.apiclient.testing;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when it is told to, or when somebody waits: waiting returns at once and
 * moves the clock by as much. A call that would take minutes of back-off takes none.
 *
 * <p>The readings of {@link #nanoTime} overflow after a second, as those of {@code System.nanoTime} may.
 *
 * <p>Safe for use by several threads; they share one clock.
 */
public final class VirtualTime implements TimeSource {

  /** So that who compares two readings, instead of taking their difference, is found out. */
  private static final long ORIGIN = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final Instant start;
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Duration> sleeps = new ConcurrentLinkedQueue<>();

  /** Creates a clock that shows 2026-01-01T00:00:00Z. */
  public VirtualTime() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Creates a clock that shows the given time. */
  public VirtualTime(Instant start) {
    this.start = requireNonNull(start, "start");
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanos.get());
  }

  @Override
  public long nanoTime() {
    return ORIGIN + nanos.get();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(time);
    advance(time.isNegative() ? Duration.ZERO : time);
  }

  /**
   * Moves the clock.
   *
   * @throws IllegalArgumentException if {@code time} is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time must not be negative, was " + time);
    }
    nanos.addAndGet(time.toNanos());
  }

  /** Returns a copy of the waits so far, in order. */
  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
