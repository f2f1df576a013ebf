package dev.touchstone.examples.gateway.limit;

import java.time.Duration;

/**
 * So many requests in so long a time. They come back one by one, as time passes: after a pause of half
 * the time there is half of the quota.
 *
 * @param requests at least 1
 * @param window from 1 second to 1 day
 */
public record Quota(long requests, Duration window) {

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Quota {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be at least 1, was " + requests);
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("window must be from 1 second to 1 day, was " + window);
    }
  }
}
