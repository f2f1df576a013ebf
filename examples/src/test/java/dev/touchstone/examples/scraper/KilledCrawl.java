package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The program that {@link KillTest} kills: starts a crawl, or goes on with it. */
final class KilledCrawl {

  private static final CrawlSettings SETTINGS = new CrawlSettings(
      8, 1_000_000, 3, new Pace(Duration.ZERO, 8, Duration.ZERO), Duration.ofSeconds(5));

  private KilledCrawl() {}

  public static void main(String[] arguments) {
    try (var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = PageFetcher.open("touchstone-test", Reach.ANYWHERE)) {
      var folder = Path.of(arguments[0]);
      try (var home = Files.exists(folder.resolve("crawl.db"))
          ? CrawlHome.open(folder, Storage.disk(), KilledCrawl::sinks)
          : CrawlHome.create(folder, Storage.disk(), KilledCrawl::sinks)) {
        var report = new Crawler(fetcher, SETTINGS, events).crawl(URI.create(arguments[1]), home);
        System.exit(report.end() == End.COMPLETE ? 0 : 1);
      }
    }
  }

  private static List<Sink> sinks(OutputFiles files) {
    return List.of(new PageLines(files.open("out.jsonl")));
  }
}
