package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.examples.scraper.frontier.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a crawl gets on.
 *
 * @param condition what it does, in a few words
 * @param mood how that is to be taken
 * @param tally what is done
 * @param waiting how many addresses are known and not done
 * @param pages the pages of each of the last seconds, the newest last
 * @param pagesPerSecond the mean of the last half minute
 * @param addressesPerSecond the same for addresses of any kind
 */
record Progress(
    String condition,
    Mood mood,
    Tally tally,
    long waiting,
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

  /** Returns the time that the known addresses take at this speed; empty if there is no telling. */
  Optional<Duration> left() {
    return waiting == 0 || addressesPerSecond < 0.05
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (1_000 * waiting / addressesPerSecond)));
  }
}
