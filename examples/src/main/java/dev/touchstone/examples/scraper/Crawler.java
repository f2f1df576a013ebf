package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.frontier.Commit;
import dev.touchstone.examples.scraper.frontier.Found;
import dev.touchstone.examples.scraper.frontier.Trail;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Crawls web sites.
 *
 * <p>If its plan does not say otherwise, a crawl stays within the origin (scheme, host, port) of its seed;
 * if the seed itself redirects to another origin, within that one too. It visits each address once, obeys {@code robots.txt} (RFC 9309)
 * and the pace that the site asks for. What it has done is committed to its {@link CrawlHome}, from
 * where it can be resumed after any end, also that of the machine's power.
 *
 * <p>Safe for use by several threads; each crawl has its own workers.
 */
public final class Crawler {

  private final PageFetcher fetcher;
  private final CrawlPlan plan;
  private final CrawlSettings settings;
  private final EventBus<CrawlEvent> events;

  /**
   * Creates a crawler that goes by {@link CrawlPlan#DEFAULT}.
   *
   * @param fetcher fetches the pages
   * @param settings the limits of each crawl
   * @param events is told what happens, by the thread that crawls
   */
  public Crawler(PageFetcher fetcher, CrawlSettings settings, EventBus<CrawlEvent> events) {
    this(fetcher, CrawlPlan.DEFAULT, settings, events);
  }

  /**
   * Creates a crawler.
   *
   * @param fetcher fetches the pages
   * @param plan where each crawl goes, and what it takes from the pages
   * @param settings the limits of each crawl
   * @param events is told what happens, by the thread that crawls
   */
  public Crawler(
      PageFetcher fetcher, CrawlPlan plan, CrawlSettings settings, EventBus<CrawlEvent> events) {
    this.plan = requireNonNull(plan, "plan");
    this.fetcher = requireNonNull(fetcher, "fetcher");
    this.settings = requireNonNull(settings, "settings");
    this.events = requireNonNull(events, "events");
  }

  /**
   * Starts a crawl, or goes on with it where its last commit was: visits all addresses that the seed
   * leads to and the plan allows.
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
    return crawl(List.of(seed), home);
  }

  /** Does the same for several seeds. */
  public CrawlReport crawl(List<URI> seeds, CrawlHome home) {
    var found = seeds.stream().map(seed -> Found.seed(canonical(seed))).toList();
    var trail = new Trail(Instant.now(), List.of(), List.of(), Map.of());
    home.frontier() // what is known stays as it is
        .commit(new Commit(List.of(), found, List.of(), List.of(), Map.of(), trail));
    var report = new Crawl(fetcher, plan, settings, events, home, TimeSource.system()).run();
    events.post(new CrawlEvent.Ended(report));
    return report;
  }

  private static URI canonical(URI seed) {
    return Addresses.canonical(seed.toString())
        .orElseThrow(() -> new IllegalArgumentException(
            "seed must be an absolute http or https address, was " + seed));
  }
}
