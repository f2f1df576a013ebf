package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program that {@link KillTest} kills: starts a crawl with every kind of output, or goes on with it. */
final class KilledCrawl {

  private static final String DEFINITION = """
      seeds: [%s]
      concurrency: 8
      politeness: {floor: 0, perHost: 8}
      reach: anywhere
      items:
        page: {fields: {title: {css: title, required: true}, links: {list: {css: a, type: int}}}}
      out:
        - {jsonl: out.jsonl, of: pages}
        - {csv: items.csv}
        - {sqlite: true}
        - {warc: archive.warc.gz, cdx: true}
      """;

  private KilledCrawl() {}

  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    var definition = CrawlDefinition.parse("killed.yaml", DEFINITION.formatted(arguments[1]));
    var sinks = definition.sinks("touchstone-test");
    try (var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher("touchstone-test");
        var home = Files.exists(folder.resolve("crawl.db"))
            ? CrawlHome.open(folder, Storage.disk(), sinks)
            : CrawlHome.create(folder, Storage.disk(), sinks)) {
      var report = new Crawler(fetcher, definition.plan(), definition.settings(), events)
          .crawl(definition.seeds(), home);
      System.exit(report.end() == End.COMPLETE ? 0 : 1);
    }
  }
}
