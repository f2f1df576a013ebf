package dev.touchstone.examples.scraper.politeness;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
  private final String text;

  private RobotsRules(SimpleRobotRules rules, String text) {
    this.rules = rules;
    this.text = text;
  }

  /**
   * Reads a file. Nothing that it contains makes this fail: lines that make no sense are skipped.
   *
   * @param address where the file comes from
   */
  public static RobotsRules parse(URI address, byte[] content) {
    var rules = new SimpleRobotRulesParser()
        .parseContent(address.toString(), content, "text/plain", List.of(ROBOT));
    return new RobotsRules(rules, new String(content, StandardCharsets.UTF_8));
  }

  /** Returns the rules of a site without a {@code robots.txt}: everything is allowed. */
  public static RobotsRules allowAll() {
    return new RobotsRules(new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL), "");
  }

  /** Returns whether an address of the site may be fetched. */
  public boolean allows(URI address) {
    return rules.isAllowed(address.toString());
  }

  /** Returns the file; empty if there is none. */
  public String text() {
    return text;
  }

  /** Says which line of the file decides about an address of the site. */
  public RobotsVerdict explain(URI address) {
    return RobotsVerdict.of(rules, text, address);
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
