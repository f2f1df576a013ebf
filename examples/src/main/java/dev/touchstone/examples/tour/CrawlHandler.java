package dev.touchstone.examples.tour;

import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Crawls the site, or goes on with that where its last commit was, and stores a job for each mineral that
 * it finds. Done twice, it leaves what done once leaves.
 */
final class CrawlHandler implements JobHandler<CrawlSite> {

  /** The site is our own: eight requests at a time, as fast as it can. */
  private static final CrawlSettings OF_ONES_OWN = new CrawlSettings(
      8, 100_000, 3, new Pace(Duration.ZERO, 8, Duration.ZERO), Duration.ofSeconds(5));

  private final TourFolder folder;
  private final TaskQueue queue;
  private final EventBus<CrawlEvent> crawlEvents;
  private final Sender<TourEvent> events;

  CrawlHandler(
      TourFolder folder,
      TaskQueue queue,
      EventBus<CrawlEvent> crawlEvents,
      Sender<TourEvent> events) {
    this.folder = folder;
    this.queue = queue;
    this.crawlEvents = crawlEvents;
    this.events = events;
  }

  /** Makes the home of a new crawl. */
  static void prepare(TourFolder folder) {
    CrawlHome.create(folder.crawl(), Storage.disk(), CrawlHandler::sinks).close();
  }

  private static List<Sink> sinks(OutputFiles files) {
    return List.of(new PageLines(files.open("pages.jsonl")));
  }

  @Override
  @SuppressWarnings("try") // the registration only has to be there
  public Outcome handle(CrawlSite job, JobContext context) throws InterruptedException {
    try (var fetcher = PageFetcher.open("touchstone-tour", Reach.ANYWHERE);
        var home = CrawlHome.open(folder.crawl(), Storage.disk(), CrawlHandler::sinks);
        var ignored = crawlEvents.on(
            CrawlEvent.Visited.class, visit -> events.trySend(new TourEvent.Crawled(visit)))) {
      var report =
          new Crawler(fetcher, OF_ONES_OWN, crawlEvents).crawl(URI.create(job.site()), home);
      if (report.end() == CrawlReport.End.INTERRUPTED) {
        throw new InterruptedException("interrupted after " + report.pages() + " pages");
      }
    }
    var minerals = Findings.of(folder).minerals();
    queue.enqueueAll(
        minerals.stream().map(mineral -> new AskForAssay(job.site(), mineral)).toList(),
        options -> options.queue(Tour.QUEUE));
    queue.enqueue(
        new WriteReport(job.site(), minerals),
        options -> options.queue(Tour.QUEUE).unique("tour.report"));
    return Outcome.done();
  }
}
