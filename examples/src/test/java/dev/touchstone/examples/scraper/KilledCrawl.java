package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.sink.AppendFile;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program that {@link KillTest} kills: starts a crawl with every kind of output, or goes on with it.
 * A third argument lets it die by itself inside a commit, when files have been forced so often.
 */
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
    var storage = arguments.length < 3
        ? Storage.disk()
        : new Deadly(Storage.disk(), new AtomicInteger(Integer.parseInt(arguments[2])));
    try (var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher("touchstone-test");
        var home = Files.exists(folder.resolve("crawl.db"))
            ? CrawlHome.open(folder, storage, sinks)
            : CrawlHome.create(folder, storage, sinks)) {
      var report = new Crawler(fetcher, definition.plan(), definition.settings(), events)
          .crawl(definition.seeds(), home);
      System.exit(report.end() == End.COMPLETE ? 0 : 1);
    }
  }

  /** A disk with which the process dies when files have been forced so often. */
  private record Deadly(Storage disk, AtomicInteger left) implements Storage {

    @Override
    public AppendFile open(Path path, long length) throws IOException {
      var file = disk.open(path, length);
      return new AppendFile() {

        @Override
        public void append(byte[] bytes) throws IOException {
          file.append(bytes);
        }

        @Override
        public void force() throws IOException {
          file.force();
          if (left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
          }
        }

        @Override
        public long length() {
          return file.length();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
