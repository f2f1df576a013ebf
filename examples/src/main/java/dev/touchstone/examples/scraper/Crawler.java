package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.time.Duration;

/**
 * Crawls web sites.
 *
 * <p>A crawl stays within the origin (scheme, host, port) of its seed; if the seed itself redirects
 * to another origin, within that one. It visits each address once, obeys {@code robots.txt} (RFC
 * 9309), and leaves temporary failures to the retries of its client.
 *
 * <p>Safe for use by several threads; each crawl has its own workers.
 */
public final class Crawler {

  private final ApiClient client;
  private final CrawlSettings settings;
  private final EventBus<CrawlEvent> events;

  /**
   * Creates a crawler.
   *
   * @param client fetches the pages; not closed by the crawler
   * @param settings the limits of each crawl
   * @param events is told of every address, by the thread that crawls
   */
  public Crawler(ApiClient client, CrawlSettings settings, EventBus<CrawlEvent> events) {
    this.client = requireNonNull(client, "client");
    this.settings = requireNonNull(settings, "settings");
    this.events = requireNonNull(events, "events");
  }

  /**
   * Visits all addresses that the seed leads to, in the order of their discovery, and writes a line
   * for each.
   *
   * <p>Interrupting the thread ends the crawl early: what was visited has been written, the report
   * says {@link CrawlReport.End#INTERRUPTED}, and the interrupt flag is set again.
   *
   * @param seed where to start, an absolute http or https address
   * @param out takes the lines; not closed
   * @throws IllegalArgumentException if the seed is no absolute http or https address
   * @throws SiteUnavailableException if the site cannot be reached, or its {@code robots.txt} cannot be
   *     had, so that nobody knows what it allows
   * @throws java.io.UncheckedIOException if a line cannot be written
   */
  public CrawlReport crawl(URI seed, JsonLines out) {
    var canonical = Addresses.canonical(seed.toString())
        .orElseThrow(() -> new IllegalArgumentException(
            "seed must be an absolute http or https address, was " + seed));
    var report = run(canonical, out);
    events.post(new CrawlEvent.Ended(report));
    return report;
  }

  private CrawlReport run(URI seed, JsonLines out) {
    try {
      return new Crawl(client, settings, events, Site.visit(seed, client), out).from(seed);
    } catch (InterruptedException e) { // before the first page
      Thread.currentThread().interrupt();
      return CrawlReport.empty().ended(CrawlReport.End.INTERRUPTED, Duration.ZERO);
    }
  }
}
