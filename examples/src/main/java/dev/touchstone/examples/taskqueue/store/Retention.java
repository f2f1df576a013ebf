package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what has ended is kept.
 *
 * @param succeeded how long jobs that are done are kept, with their attempts; for ever if empty
 * @param dead how long dead letters are; for ever if empty
 */
public record Retention(Optional<Duration> succeeded, Optional<Duration> dead) {

  private static final Duration LEAST = Duration.ofMinutes(1);

  /** Seven days for what is done, for ever for dead letters. */
  public static final Retention DEFAULT =
      new Retention(Optional.of(Duration.ofDays(7)), Optional.empty());

  /**
   * Checks the lengths of time.
   *
   * @throws IllegalArgumentException if one is less than a minute or more than {@link
   *     Delays#LONGEST}
   */
  public Retention {
    succeeded.ifPresent(time -> check(time, "succeeded"));
    dead.ifPresent(time -> check(time, "dead"));
  }

  private static void check(Duration time, String what) {
    if (time.compareTo(LEAST) < 0 || Delays.isTooLong(time)) {
      throw new IllegalArgumentException(
          "%s must be from a minute to 36,500 days, or empty for ever, was %s"
              .formatted(what, time));
    }
  }
}
