package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.examples.taskqueue.store.Delays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Says whether and when a failed attempt is repeated. Immutable.
 *
 * @param backoff how long to wait after failures in a row, before it is varied by half, both ways
 * @param hopeless exceptions after which no further attempt would help
 */
public record RetryPolicy(Backoff backoff, List<Class<? extends Throwable>> hopeless) {

  /** Waits 1 s after the first failure, twice as long after each further one, and at most an hour. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Backoff.doubling(Duration.ofSeconds(1), Duration.ofHours(1)), List.of());

  /** Copies the list. */
  public RetryPolicy {
    requireNonNull(backoff, "backoff");
    hopeless = List.copyOf(hopeless);
  }

  /** Returns a policy that waits differently. */
  public RetryPolicy waiting(Backoff other) {
    return new RetryPolicy(other, hopeless);
  }

  /** Returns a policy that gives up after such an exception as well. */
  public RetryPolicy abortOn(Class<? extends Throwable> type) {
    var more = new ArrayList<>(hopeless);
    more.add(type);
    return new RetryPolicy(backoff, more);
  }

  boolean isHopeless(Throwable failure) {
    return hopeless.stream().anyMatch(type -> type.isInstance(failure));
  }

  /**
   * Returns how long to wait.
   *
   * @throws IllegalArgumentException if the backoff says something negative, or too long
   */
  Duration delayAfter(int failures, RandomGenerator random) {
    var nanos = Delays.checked(backoff.delayAfter(failures)).toNanos();
    return Duration.ofNanos(
        Math.min((long) (nanos * (0.5 + random.nextDouble())), Delays.LONGEST.toNanos()));
  }
}
