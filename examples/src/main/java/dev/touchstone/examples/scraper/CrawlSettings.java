package dev.touchstone.examples.scraper;

/**
 * The limits of a crawl.
 *
 * @param concurrency how many pages are fetched at a time, at least 1
 * @param maxPages how many HTML pages are fetched at most, at least 1
 */
public record CrawlSettings(int concurrency, int maxPages) {

  /** Eight pages at a time, at most 100,000. */
  public static final CrawlSettings DEFAULT = new CrawlSettings(8, 100_000);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public CrawlSettings {
    requirePositive(concurrency, "concurrency");
    requirePositive(maxPages, "maxPages");
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
