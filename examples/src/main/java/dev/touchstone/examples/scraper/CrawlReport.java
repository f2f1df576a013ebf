package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.frontier.Tally;
import java.time.Duration;

/**
 * The figures of a crawl.
 *
 * @param tally what became of the addresses, in all runs of the crawl
 * @param pagesBefore the pages that earlier runs had
 * @param maxPages how many pages it may have
 * @param waiting how many addresses are known and not done
 * @param elapsed how long this run has taken
 * @param end why it ended
 */
public record CrawlReport(
    Tally tally, long pagesBefore, long maxPages, long waiting, Duration elapsed, End end) {

  /** Why a crawl ended. */
  public enum End {
    /** It goes on. */
    NOT_YET,
    /** Every address within its scope was visited. */
    COMPLETE,
    /** It reached the greatest number of pages that it was allowed. */
    LIMIT,
    /** Its thread was interrupted. */
    INTERRUPTED
  }

  /** Returns the HTML pages, in all runs of the crawl. */
  public long pages() {
    return tally.pages();
  }

  /** Returns the pages per second in this run, 0 at the very start. */
  public double pagesPerSecond() {
    return elapsed.isZero() ? 0 : (pages() - pagesBefore) * 1e9 / elapsed.toNanos();
  }
}
