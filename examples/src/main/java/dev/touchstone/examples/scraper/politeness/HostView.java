package dev.touchstone.examples.scraper.politeness;

import java.time.Duration;

/**
 * A host as somebody looks at it.
 *
 * @param origin scheme, host and port
 * @param state what it is doing
 * @param delay the time between the starts of two requests to it
 * @param cause what the delay comes from
 */
public record HostView(String origin, HostState state, Duration delay, Cause cause) {

  /** What a delay comes from: the longest of these. */
  public enum Cause {
    /** The floor that the crawl was given. */
    FLOOR,
    /** {@code Crawl-delay} in {@code robots.txt}. */
    CRAWL_DELAY,
    /** Its answers take longer than they used to. */
    LATENCY
  }
}
