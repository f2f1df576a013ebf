package dev.touchstone.examples.scraper;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.time.Duration;

/** One run of a {@link Crawler}. */
final class Crawl {

  /*
   * The thread that calls from() owns everything that changes: the frontier, the figures, the file.
   * Workers only turn a link into an outcome. The two channels cannot deadlock on each other: links
   * are handed out only while fewer are under way than each of the channels holds, so that no send
   * ever waits for the other side, and the only thing the owner waits for is an outcome.
   */

  /** Links under way for each worker: one being fetched, one ready for when that is done. */
  private static final int LINKS_PER_WORKER = 2;

  private record Visit(Link link, Outcome outcome) {}

  private final ApiClient client;
  private final CrawlSettings settings;
  private final EventBus<CrawlEvent> events;
  private final PageFetcher fetcher;
  private final JsonLines out;
  private final Frontier frontier = new Frontier();
  private final Channel<Link> links;
  private final Channel<Visit> visits;
  private final TimeSource time = TimeSource.system();
  private final long startedAt = time.nanoTime();

  private Site site;
  private CrawlReport report = CrawlReport.empty();
  private int underWay;

  Crawl(
      ApiClient client,
      CrawlSettings settings,
      EventBus<CrawlEvent> events,
      Site site,
      JsonLines out) {
    this.client = client;
    this.settings = settings;
    this.events = events;
    this.site = site;
    this.out = out;
    fetcher = new PageFetcher(client);
    links = Channel.buffered(settings.concurrency() * LINKS_PER_WORKER);
    visits = Channel.buffered(settings.concurrency() * LINKS_PER_WORKER);
  }

  CrawlReport from(URI seed) {
    frontier.add(Link.seed(seed));
    var end = End.INTERRUPTED;
    try (var workers = workers()) {
      try {
        visitAll();
        end = frontier.isEmpty() ? End.COMPLETE : End.LIMIT;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        links.close();
        if (end == End.INTERRUPTED) {
          workers.shutdownNow();
        }
      }
    }
    return report.ended(end, elapsed());
  }

  private ManagedExecutor workers() {
    var workers = ManagedExecutor.virtual("crawl")
        .concurrency(settings.concurrency())
        .queue(0)
        .build();
    for (int i = 0; i < settings.concurrency(); i++) {
      workers.execute(this::work);
    }
    return workers;
  }

  /** Fetches what is handed out until the links are closed. */
  private void work() {
    try {
      for (var link : links) {
        visits.send(new Visit(link, fetcher.fetch(link.uri())));
      }
      visits.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error defect) {
      visits.close(defect); // the owner must not wait for an outcome that never comes
    }
  }

  private void visitAll() throws InterruptedException {
    handOut();
    while (underWay > 0) {
      var visit = visits.receive();
      underWay--;
      follow(visit);
      record(visit);
      handOut();
    }
  }

  private void handOut() throws InterruptedException {
    while (!frontier.isEmpty() && underWay < links.capacity() && mayFetchAnother()) {
      var link = frontier.next();
      if (site.allows(link.uri())) {
        links.send(link);
        underWay++;
      } else {
        record(new Visit(link, new Outcome.Excluded()));
      }
    }
  }

  private boolean mayFetchAnother() {
    return report.pages() + underWay < settings.maxPages();
  }

  private void follow(Visit visit) throws InterruptedException {
    switch (visit.outcome()) {
      case Outcome.Page page -> {
        for (var target : page.links()) {
          if (site.contains(target)) {
            frontier.add(visit.link().to(target));
          }
        }
      }
      case Outcome.Redirect redirect -> follow(visit.link(), redirect);
      case Outcome.Other other -> {}
      case Outcome.Refused refused -> {}
      case Outcome.Failed failed -> {}
      case Outcome.Excluded excluded -> {}
    }
  }

  private void follow(Link link, Outcome.Redirect redirect) throws InterruptedException {
    if (!site.contains(redirect.target()) && report.pages() == 0 && underWay == 0) {
      site = Site.visit(redirect.target(), client); // the seed names the site by an old address
    }
    if (site.contains(redirect.target())) {
      frontier.add(link.movedTo(redirect.target()));
    }
  }

  private void record(Visit visit) {
    report = report.plus(visit.outcome(), elapsed());
    out.write(visit.link(), visit.outcome());
    events.post(
        new CrawlEvent.Visited(visit.link(), visit.outcome(), report, frontier.size() + underWay));
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - startedAt);
  }
}
