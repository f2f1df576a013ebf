package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.examples.scraper.frontier.Tally;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How a crawl gets on.
 *
 * @param condition what it does, in a few words
 * @param mood how that is to be taken
 * @param tally what is done
 * @param waiting how many addresses are known and not done
 * @param pagesLeft how many more pages the crawl may have; empty if that is not known
 * @param pages the pages of each of the last seconds, the newest last
 * @param pagesPerSecond the mean of the last half minute
 * @param addressesPerSecond the same for addresses of any kind
 */
record Progress(
    String condition,
    Mood mood,
    Tally tally,
    long waiting,
    OptionalLong pagesLeft,
    List<Long> pages,
    double pagesPerSecond,
    double addressesPerSecond) {

  /** How a condition is to be taken. */
  enum Mood {
    /** All is well. */
    GOOD,
    /** Nothing happens, and nothing has to. */
    CALM
  }

  /**
   * What ends a crawl at this speed.
   *
   * @param left in how much time
   * @param cause what it is
   */
  record Estimate(Duration left, Cause cause) {

    /** What ends a crawl. */
    enum Cause {
      /** Nothing is left of what is known. */
      KNOWN,
      /** It has as many pages as it may have. */
      LIMIT
    }
  }

  /** Returns what ends the crawl first; empty if there is no telling. */
  Optional<Estimate> estimate() {
    var known = time(waiting, addressesPerSecond).map(t -> new Estimate(t, Estimate.Cause.KNOWN));
    var limit =
        time(pagesLeft.orElse(0), pagesPerSecond).map(t -> new Estimate(t, Estimate.Cause.LIMIT));
    return Stream.of(known, limit)
        .flatMap(Optional::stream)
        .filter(estimate -> waiting > 0)
        .min(Comparator.comparing(Estimate::left));
  }

  private static Optional<Duration> time(long count, double perSecond) {
    return count == 0 || perSecond < 0.05
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (1_000 * count / perSecond)));
  }
}
