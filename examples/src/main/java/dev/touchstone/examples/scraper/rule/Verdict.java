package dev.touchstone.examples.scraper.rule;

import static java.util.Objects.requireNonNull;

/**
 * What a rule says of an address.
 *
 * @param isAccepted whether the crawl may go there
 * @param reason why or why not, in a few words, such as {@code depth 7 is more than 6}
 */
public record Verdict(boolean isAccepted, String reason) {

  /** Checks that there is a reason. */
  public Verdict {
    requireNonNull(reason, "reason");
  }

  /** Returns a verdict that lets the crawl go there. */
  public static Verdict accept(String reason) {
    return new Verdict(true, reason);
  }

  /** Returns a verdict that keeps the crawl away. */
  public static Verdict reject(String reason) {
    return new Verdict(false, reason);
  }

  /** Returns a verdict that accepts a number up to a limit. */
  static Verdict upTo(long limit, long number, String what) {
    return number <= limit
        ? accept("%s %,d is at most %,d".formatted(what, number, limit))
        : reject("%s %,d is more than %,d".formatted(what, number, limit));
  }
}
