package dev.touchstone.examples.tour;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The three libraries at work together: opens the Mineral Cabinet on loopback, crawls its pages,
 * asks its API about every mineral that the crawl found, and writes both to files.
 */
public final class Tour {

  private static final String MINERALS = "/minerals/";

  /** The site is our own: eight requests at a time, as fast as it can. */
  private static final CrawlSettings OF_ONES_OWN = new CrawlSettings(
      8, 100_000, 3, new Pace(Duration.ZERO, 8, Duration.ZERO), Duration.ofSeconds(5));

  private final EventBus<TourEvent> events;

  /**
   * Creates a tour.
   *
   * @param events is told how it gets on, by the thread that takes the tour
   */
  public Tour(EventBus<TourEvent> events) {
    this.events = requireNonNull(events, "events");
  }

  /**
   * Takes the tour, once each call.
   *
   * @param folder where the files go; created if it does not exist
   * @throws IOException if a file cannot be written or no port can be had
   * @throws InterruptedException if the thread is interrupted; what was written is whole
   */
  public TourReport take(Path folder) throws IOException, InterruptedException {
    var time = TimeSource.system();
    var startedAt = time.nanoTime();
    Files.createDirectories(folder);
    try (var cabinet = Cabinet.open()) {
      events.post(new TourEvent.Opened(cabinet.uri()));
      var minerals = new ArrayList<String>();
      var crawl = crawl(cabinet.uri(), folder, minerals);
      var assays = new Laboratory(cabinet, events).assay(minerals, folder.resolve("assays.jsonl"));
      return new TourReport(
          cabinet.uri(),
          crawl,
          assays.size(),
          assays.stream().mapToInt(Laboratory.Answer::attempts).sum(),
          folder,
          Duration.ofNanos(time.nanoTime() - startedAt));
    }
  }

  private CrawlReport crawl(URI site, Path folder, List<String> minerals)
      throws InterruptedException {
    try (var bus = EventBus.of(CrawlEvent.class).build();
        var fetcher = PageFetcher.open("touchstone-tour", Reach.ANYWHERE);
        var home = CrawlHome.create(
            folder.resolve("pages.crawl"),
            Storage.disk(),
            files -> List.of(new PageLines(files.open("pages.jsonl"))))) {
      bus.on(CrawlEvent.Visited.class, visit -> events.post(new TourEvent.Crawled(visit)));
      bus.on(CrawlEvent.Visited.class, visit -> collect(visit, minerals));
      var report = new Crawler(fetcher, OF_ONES_OWN, bus).crawl(site, home);
      if (report.end() == CrawlReport.End.INTERRUPTED) {
        throw new InterruptedException("interrupted after " + report.pages() + " pages");
      }
      return report;
    }
  }

  private static void collect(CrawlEvent.Visited visit, List<String> minerals) {
    var path = visit.link().uri().getPath();
    if (visit.outcome() instanceof Outcome.Page && path.startsWith(MINERALS)) {
      minerals.add(path.substring(MINERALS.length()));
    }
  }
}
