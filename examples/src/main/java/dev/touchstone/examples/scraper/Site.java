package dev.touchstone.examples.scraper;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.HttpStatusException;
import java.net.URI;
import java.util.List;

/** What a crawl may visit: one origin, as far as its {@code robots.txt} allows. Immutable. */
final class Site {

  /** The product token that rules for us are addressed to (RFC 9309, section 2.2.1). */
  private static final String ROBOT = "touchstone";

  /** A longer file is cut here; RFC 9309, section 2.5, asks for at least 500 KiB. */
  private static final int MAX_ROBOTS_BYTES = 512 << 10;

  private final URI origin;
  private final SimpleRobotRules rules;

  private Site(URI origin, SimpleRobotRules rules) {
    this.origin = origin;
    this.rules = rules;
  }

  /**
   * Reads the rules of the site that an address belongs to. A file that does not exist allows
   * everything; one that cannot be had forbids everything (RFC 9309, section 2.3.1).
   *
   * @throws SiteUnavailableException if it cannot be had
   * @throws InterruptedException if the thread is interrupted
   */
  static Site visit(URI address, ApiClient client) throws InterruptedException {
    var robots = address.resolve("/robots.txt");
    try {
      return new Site(
          address,
          client.stream(
              ApiRequest.get(robots).discard(),
              response -> new SimpleRobotRulesParser()
                  .parseContent(
                      robots.toString(),
                      response.body().readNBytes(MAX_ROBOTS_BYTES),
                      response.headers().first("Content-Type").orElse("text/plain"),
                      List.of(ROBOT))));
    } catch (HttpStatusException answer) {
      if (saysMissing(answer.status())) {
        return new Site(address, new SimpleRobotRulesParser().failedFetch(404));
      }
      throw unavailable(address, answer);
    } catch (CancelledException interrupted) {
      Thread.interrupted(); // as the exception says it now
      throw new InterruptedException("interrupted while fetching " + robots);
    } catch (ApiException failure) {
      throw unavailable(address, failure);
    }
  }

  /** Any status from 400 to 499; but 429 only says "not now". */
  private static boolean saysMissing(int status) {
    return status >= 400 && status < 500 && status != 429;
  }

  private static SiteUnavailableException unavailable(URI address, ApiException failure) {
    return new SiteUnavailableException(
        "cannot crawl %s: %s".formatted(address, failure.getMessage()), failure);
  }

  boolean contains(URI address) {
    return Addresses.haveSameOrigin(origin, address);
  }

  boolean allows(URI address) {
    return rules.isAllowed(address.toString());
  }
}
