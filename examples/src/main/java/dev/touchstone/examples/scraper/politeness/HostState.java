package dev.touchstone.examples.scraper.politeness;

import java.time.Duration;

/** What a host is doing. Times are since the start of the crawl. */
public sealed interface HostState {

  /** Nothing is known that could be asked for. */
  record Idle() implements HostState {}

  /**
   * It may be asked from a moment on.
   *
   * @param at when
   */
  record Ready(Duration at) implements HostState {}

  /**
   * Requests are under way.
   *
   * @param requests how many
   */
  record Busy(int requests) implements HostState {}

  /**
   * It is left alone for a while.
   *
   * @param until when that ends
   * @param reason why
   */
  record Blocked(Duration until, Reason reason) implements HostState {}

  /** Why a host is left alone. */
  enum Reason {
    /** Its {@code robots.txt} is being fetched, or could not be had and is tried again later. */
    ROBOTS("its robots.txt cannot be had"),
    /** It said for how long, in {@code Retry-After}. */
    RETRY_AFTER("it asked for that"),
    /** It answered 429 or 503 and did not say for how long. */
    THROTTLED("it is busy"),
    /** It did not answer. */
    UNREACHABLE("it does not answer");

    private final String inWords;

    Reason(String inWords) {
      this.inWords = inWords;
    }

    /** Returns the reason as the end of a sentence. */
    public String inWords() {
      return inWords;
    }
  }
}
