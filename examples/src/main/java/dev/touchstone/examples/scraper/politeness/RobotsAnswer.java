package dev.touchstone.examples.scraper.politeness;

/** What came of asking for a {@code robots.txt}. */
public sealed interface RobotsAnswer {

  /**
   * There are rules; a file that does not exist allows everything.
   *
   * @param rules the rules
   */
  record Known(RobotsRules rules) implements RobotsAnswer {}

  /**
   * It could not be had, and so nothing is allowed for now.
   *
   * @param reason why, in one line
   */
  record Unavailable(String reason) implements RobotsAnswer {}

  /**
   * It cannot be had, now or later, because we may not or cannot ask for it.
   *
   * @param reason why, in one line
   */
  record Unreachable(String reason) implements RobotsAnswer {}
}
