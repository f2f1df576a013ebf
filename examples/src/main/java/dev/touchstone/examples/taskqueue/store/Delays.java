package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;

/** How long jobs may have to wait: no longer than every store can write down. */
public final class Delays {

  /** A hundred years. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private Delays() {}

  /**
   * Returns a delay that is none too long.
   *
   * @throws IllegalArgumentException if it is negative, or longer than {@link #LONGEST}
   */
  public static Duration checked(Duration delay) {
    if (delay.isNegative() || isTooLong(delay)) {
      throw new IllegalArgumentException("delay must be from 0 to 36,500 days, was " + delay);
    }
    return delay;
  }

  static boolean isTooLong(Duration time) {
    return time.compareTo(LONGEST) > 0;
  }
}
