package dev.touchstone.apiclient;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Keeps all who were told the same moment from coming at once. */
final class Spread {

  private static final int SHARE = 10;
  private static final Duration MOST = Duration.ofSeconds(1);

  private Spread() {}

  /** Returns a wait that is up to a tenth longer, but no more than a second, and never shorter. */
  static Duration over(Duration least, RandomGenerator random) {
    var tenth = least.dividedBy(SHARE);
    var most = tenth.compareTo(MOST) > 0 ? MOST : tenth;
    return least.plusNanos((long) (most.toNanos() * random.nextDouble()));
  }
}
