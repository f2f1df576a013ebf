package dev.touchstone.examples.scraper;

import java.time.Duration;

/**
 * The figures of a crawl.
 *
 * @param pages HTML pages fetched
 * @param redirects addresses that redirected
 * @param other addresses with content that is not HTML
 * @param refused addresses answered with an error status
 * @param failed addresses without a usable answer
 * @param excluded addresses left alone as {@code robots.txt} asks
 * @param retries requests made again after a temporary failure, for pages that then came
 * @param bytes the size of all HTML pages after decompression
 * @param elapsed how long it has taken
 * @param end why it ended
 */
public record CrawlReport(
    int pages,
    int redirects,
    int other,
    int refused,
    int failed,
    int excluded,
    int retries,
    long bytes,
    Duration elapsed,
    End end) {

  /** Why a crawl ended. */
  public enum End {
    /** It goes on. */
    NOT_YET,
    /** Every address within the site was visited. */
    COMPLETE,
    /** It reached the greatest number of pages that it was allowed. */
    LIMIT,
    /** Its thread was interrupted. */
    INTERRUPTED
  }

  static CrawlReport empty() {
    return new CrawlReport(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, End.NOT_YET);
  }

  /** Returns how many addresses were dealt with. */
  public int visited() {
    return pages + redirects + other + refused + failed + excluded;
  }

  /** Returns the pages per second, 0 at the very start. */
  public double pagesPerSecond() {
    return elapsed.isZero() ? 0 : pages * 1e9 / elapsed.toNanos();
  }

  CrawlReport plus(Outcome outcome, Duration elapsed) {
    return switch (outcome) {
      case Outcome.Page page ->
        new CrawlReport(
            pages + 1,
            redirects,
            other,
            refused,
            failed,
            excluded,
            retries + page.attempts() - 1,
            bytes + page.bytes(),
            elapsed,
            end);
      case Outcome.Redirect redirect -> counting(1, 0, 0, 0, 0, elapsed);
      case Outcome.Other content -> counting(0, 1, 0, 0, 0, elapsed);
      case Outcome.Refused status -> counting(0, 0, 1, 0, 0, elapsed);
      case Outcome.Failed reason -> counting(0, 0, 0, 1, 0, elapsed);
      case Outcome.Excluded byRobots -> counting(0, 0, 0, 0, 1, elapsed);
    };
  }

  CrawlReport ended(End how, Duration after) {
    return new CrawlReport(
        pages, redirects, other, refused, failed, excluded, retries, bytes, after, how);
  }

  private CrawlReport counting(
      int redirect, int otherContent, int refusal, int failure, int exclusion, Duration after) {
    return new CrawlReport(
        pages,
        redirects + redirect,
        other + otherContent,
        refused + refusal,
        failed + failure,
        excluded + exclusion,
        retries,
        bytes,
        after,
        end);
  }
}
