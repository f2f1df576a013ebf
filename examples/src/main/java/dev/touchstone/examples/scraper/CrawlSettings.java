package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.politeness.Pace;
import java.time.Duration;

/**
 * The limits of a crawl.
 *
 * @param concurrency how many requests are under way at a time, at least 1
 * @param maxPages how many HTML pages are fetched at most, at least 1
 * @param attempts how often an address is tried while its failure is temporary, at least 1
 * @param pace how fast any host may be asked
 * @param robotsPatience for how long a {@code robots.txt} that cannot be had is asked for again
 */
public record CrawlSettings(
    int concurrency, int maxPages, int attempts, Pace pace, Duration robotsPatience) {

  /**
   * Sixteen requests at a time and 100,000 pages at most, three attempts, the default pace, and five
   * seconds for a {@code robots.txt}.
   */
  public static final CrawlSettings DEFAULT =
      new CrawlSettings(16, 100_000, 3, Pace.DEFAULT, Duration.ofSeconds(5));

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a number is less than 1 or the patience negative
   */
  public CrawlSettings {
    requirePositive(concurrency, "concurrency");
    requirePositive(maxPages, "maxPages");
    requirePositive(attempts, "attempts");
    requireNonNull(pace, "pace");
    if (robotsPatience.isNegative()) {
      throw new IllegalArgumentException(
          "robotsPatience must not be negative, was " + robotsPatience);
    }
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
