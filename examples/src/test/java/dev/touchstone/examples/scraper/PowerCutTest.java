package dev.touchstone.examples.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.frontier.Commit;
import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.SqliteFrontier;
import dev.touchstone.examples.scraper.frontier.Tally;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.LossyStorage;
import dev.touchstone.examples.scraper.sink.LossyStorage.PowerCut;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a kill cannot show, because the operating system outlives it: that files reach the disk first. */
class PowerCutTest {

  private static final CrawlSettings SETTINGS = new CrawlSettings(
      4, 100_000, 3, new Pace(Duration.ZERO, 4, Duration.ZERO), Duration.ofSeconds(1));

  @TempDir
  private Path folder;

  private final PageFetcher fetcher = PageFetcher.open("touchstone-test", Reach.ANYWHERE);
  private final EventBus<CrawlEvent> events = EventBus.of(CrawlEvent.class).build();
  private final Crawler crawler = new Crawler(fetcher, SETTINGS, events);

  @AfterEach
  void close() {
    events.close();
    fetcher.close();
  }

  private Path out() {
    return folder.resolve("out.jsonl");
  }

  private static List<Sink> sinks(OutputFiles files) {
    return List.of(new PageLines(files.open("out.jsonl")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void losesNothingAndRepeatsNothing(long seed) throws IOException {
    var random = new Random(seed);
    var storage = new LossyStorage(random);
    try (var site = LinkedSite.open(150)) {
      storage.cutAfter(random.nextInt(100));
      while (!isComplete(site, storage)) {
        storage.restart();
        storage.cutAfter(random.nextInt(100));
      }

      assertThat(new String(storage.content(out()), UTF_8)
              .lines()
              .map(line -> JsonMapper.shared().readTree(line).get("url").asString()))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, site.pages())
              .mapToObj(number -> site.page(number).toString())
              .toList());
    }
  }

  private boolean isComplete(LinkedSite site, LossyStorage storage) {
    var crawl = folder.resolve("crawl");
    try (var home = Files.exists(crawl)
        ? CrawlHome.open(crawl, storage, PowerCutTest::sinks)
        : CrawlHome.create(crawl, storage, PowerCutTest::sinks)) {
      crawler.crawl(site.uri(), home);
      return true;
    } catch (PowerCut cut) {
      return false;
    }
  }

  @Test
  void everyCommitFindsItsRecordsOnTheDisk() throws IOException {
    var storage = new LossyStorage(new Random(1));
    var lengths = new ArrayList<Long>();
    try (var site = LinkedSite.open(150)) {
      var files = new OutputFiles(folder, storage, Map.of());
      var frontier = new Watched(SqliteFrontier.open(folder.resolve("crawl.db")), commit -> {
        var length = commit.offsets().getOrDefault("out.jsonl", 0L);
        assertThat(storage.forced(out())).isEqualTo(length);
        lengths.add(length);
      });
      try (var home = new CrawlHome(() -> {}, frontier, files, sinks(files))) {
        crawler.crawl(site.uri(), home);
      }
    }

    assertThat(lengths).isSorted().hasSizeGreaterThan(3);
    assertThat(lengths.getLast()).isEqualTo(storage.content(out()).length);
  }

  /** Looks at each commit before it is made. */
  private record Watched(Frontier frontier, Consumer<Commit> watcher) implements Frontier {

    @Override
    public Set<String> commit(Commit commit) {
      watcher.accept(commit);
      return frontier.commit(commit);
    }

    @Override
    public List<URI> starts() {
      return frontier.starts();
    }

    @Override
    public boolean isKnown(URI address) {
      return frontier.isKnown(address);
    }

    @Override
    public void forEach(Consumer<URI> action) {
      frontier.forEach(action);
    }

    @Override
    public Set<String> origins() {
      return frontier.origins();
    }

    @Override
    public List<Lease> lease(String origin, int max) {
      return frontier.lease(origin, max);
    }

    @Override
    public void refresh() {
      frontier.refresh();
    }

    @Override
    public Map<String, Long> offsets() {
      return frontier.offsets();
    }

    @Override
    public long waiting() {
      return frontier.waiting();
    }

    @Override
    public Tally tally() {
      return frontier.tally();
    }

    @Override
    public void close() {
      frontier.close();
    }
  }
}
