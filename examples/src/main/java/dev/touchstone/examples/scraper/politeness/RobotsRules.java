package dev.touchstone.examples.scraper.politeness;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code robots.txt} says to us. Immutable, safe for use by several threads.
 *
 * <p><b>Source:</b> RFC 9309; {@code Crawl-delay} is not part of it, but asked for by many.
 */
public final class RobotsRules {

  /** The product token that rules for us are addressed to (RFC 9309, section 2.2.1). */
  static final String ROBOT = "touchstone";

  private final SimpleRobotRules rules;

  private RobotsRules(SimpleRobotRules rules) {
    this.rules = rules;
  }

  /**
   * Reads a file. Nothing that it contains makes this fail: lines that make no sense are skipped.
   *
   * @param address where the file comes from
   */
  public static RobotsRules parse(URI address, byte[] content) {
    return new RobotsRules(new SimpleRobotRulesParser()
        .parseContent(address.toString(), content, "text/plain", List.of(ROBOT)));
  }

  /** Returns the rules of a site without a {@code robots.txt}: everything is allowed. */
  public static RobotsRules allowAll() {
    return new RobotsRules(new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL));
  }

  /** Returns whether an address of the site may be fetched. */
  public boolean allows(URI address) {
    return rules.isAllowed(address.toString());
  }

  /** Returns how long to wait between requests; empty if the site does not say. */
  public Optional<Duration> crawlDelay() {
    var millis = rules.getCrawlDelay();
    return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
  }

  /** Returns the addresses of the sitemaps that the site names, as they stand in the file. */
  public List<String> sitemaps() {
    return List.copyOf(rules.getSitemaps());
  }
}
