package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.frontier.Commit;
import dev.touchstone.examples.scraper.frontier.Found;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.util.List;

/**
 * Crawls web sites.
 *
 * <p>A crawl stays within the origin (scheme, host, port) of its seed; if the seed itself redirects to
 * another origin, within that one too. It visits each address once, obeys {@code robots.txt} (RFC 9309)
 * and the pace that the site asks for. What it has done is committed to its {@link CrawlHome}, from
 * where it can be resumed after any end, also that of the machine's power.
 *
 * <p>Safe for use by several threads; each crawl has its own workers.
 */
public final class Crawler {

  private final PageFetcher fetcher;
  private final CrawlSettings settings;
  private final EventBus<CrawlEvent> events;

  /**
   * Creates a crawler.
   *
   * @param fetcher fetches the pages
   * @param settings the limits of each crawl
   * @param events is told what happens, by the thread that crawls
   */
  public Crawler(PageFetcher fetcher, CrawlSettings settings, EventBus<CrawlEvent> events) {
    this.fetcher = requireNonNull(fetcher, "fetcher");
    this.settings = requireNonNull(settings, "settings");
    this.events = requireNonNull(events, "events");
  }

  /**
   * Starts a crawl, or goes on with it where its last commit was: visits all addresses that the seed
   * leads to.
   *
   * <p>Interrupting the thread ends the crawl early: what is under way is finished and committed, the
   * report says {@link CrawlReport.End#INTERRUPTED}, and the interrupt flag is set again. A second
   * interruption gives up what is under way.
   *
   * @param seed where to start, an absolute http or https address
   * @param home where the crawl is kept
   * @throws IllegalArgumentException if the seed is no absolute http or https address
   * @throws dev.touchstone.examples.scraper.frontier.FrontierException if the crawl cannot be kept
   * @throws dev.touchstone.examples.scraper.sink.OutputException if an output cannot be written
   */
  public CrawlReport crawl(URI seed, CrawlHome home) {
    var canonical = Addresses.canonical(seed.toString())
        .orElseThrow(() -> new IllegalArgumentException(
            "seed must be an absolute http or https address, was " + seed));
    home.frontier().commit(Commit.start(List.of(Found.seed(canonical)))); // known: nothing happens
    var report = new Crawl(fetcher, settings, events, home, TimeSource.system()).run();
    events.post(new CrawlEvent.Ended(report));
    return report;
  }
}
