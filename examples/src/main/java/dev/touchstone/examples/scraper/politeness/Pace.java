package dev.touchstone.examples.scraper.politeness;

import java.time.Duration;

/**
 * How fast any host may be asked.
 *
 * @param floor the shortest time between the starts of two requests to one host; zero for a site of
 *     one's own, which is then slowed down by nothing but what it asks for itself
 * @param perHost how many requests to one host are under way at a time, at least 1
 * @param longestCrawlDelay a longer {@code Crawl-delay} in {@code robots.txt} counts as this
 */
public record Pace(Duration floor, int perHost, Duration longestCrawlDelay) {

  /** Two requests at a time, a quarter of a second apart; a Crawl-delay of up to a minute. */
  public static final Pace DEFAULT = new Pace(Duration.ofMillis(250), 2, Duration.ofMinutes(1));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code perHost} is less than 1 or a duration negative
   */
  public Pace {
    if (perHost < 1) {
      throw new IllegalArgumentException("perHost must be at least 1, was " + perHost);
    }
    requireNotNegative(floor, "floor");
    requireNotNegative(longestCrawlDelay, "longestCrawlDelay");
  }

  private static void requireNotNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
  }
}
