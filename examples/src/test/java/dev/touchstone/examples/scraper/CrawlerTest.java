package dev.touchstone.examples.scraper;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.net.httpserver.HttpServer;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.HostState;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CrawlerTest {

  @TempDir
  private Path folder;

  private static final Pace FAST = new Pace(Duration.ZERO, 8, Duration.ZERO);
  private static final CrawlSettings SETTINGS =
      new CrawlSettings(8, 100_000, 3, FAST, Duration.ofMillis(500));

  private final PageFetcher fetcher = PageFetcher.open("touchstone-test", Reach.ANYWHERE);
  private final EventBus<CrawlEvent> events = EventBus.of(CrawlEvent.class).build();

  @AfterEach
  void close() {
    events.close();
    fetcher.close();
  }

  private CrawlHome home() {
    return CrawlHome.create(folder.resolve("crawl"), Storage.disk(), CrawlerTest::sinks);
  }

  private static List<Sink> sinks(OutputFiles files) {
    return List.of(new PageLines(files.open("out.jsonl")));
  }

  private CrawlReport crawl(URI seed) {
    return crawl(seed, SETTINGS);
  }

  private CrawlReport crawl(URI seed, CrawlSettings settings) {
    try (var home = home()) {
      return new Crawler(fetcher, settings, events).crawl(seed, home);
    }
  }

  private static CrawlSettings settings(int concurrency, int maxPages) {
    return new CrawlSettings(concurrency, maxPages, 3, FAST, Duration.ofMillis(500));
  }

  private CrawlReport resume(URI seed) {
    try (var home = CrawlHome.open(folder.resolve("crawl"), Storage.disk(), CrawlerTest::sinks)) {
      return new Crawler(fetcher, SETTINGS, events).crawl(seed, home);
    }
  }

  private List<JsonNode> lines() throws IOException {
    var json = JsonMapper.shared();
    return Files.readAllLines(folder.resolve("out.jsonl")).stream()
        .map(json::readTree)
        .toList();
  }

  @Nested
  class OfTheCabinet {

    @Test
    void findsEveryPageOnceAndLeavesTheVaultAlone() throws IOException {
      var pauses = new ArrayList<CrawlEvent.Paused>();
      events.on(CrawlEvent.Paused.class, pauses::add);
      try (var cabinet = Cabinet.open()) {
        var report = crawl(cabinet.uri());

        assertThat(report.pages()).isEqualTo(cabinet.reachablePages());
        assertThat(report.tally().redirects()).isEqualTo(25);
        assertThat(report.tally().refused()).isEqualTo(10);
        assertThat(report.tally().other()).isEqualTo(1);
        assertThat(report.tally().excluded()).isEqualTo(20);
        assertThat(report.tally().failed()).isZero();
        assertThat(report.tally().retries()).isEqualTo(4);
        assertThat(report.end()).isEqualTo(End.COMPLETE);
        assertThat(cabinet.requestsBelow("vault")).isZero();
        assertThat(pauses).isNotEmpty().allSatisfy(paused -> {
          assertThat(paused.reason()).isEqualTo(HostState.Reason.RETRY_AFTER);
          assertThat(paused.pause()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
        });
      }
    }

    @Test
    void writesOneLineForEachAddress() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var report = crawl(cabinet.uri(), settings(8, 60));

        assertThat(lines()).hasSize((int) report.tally().visited());
        assertThat(lines().stream().map(line -> line.get("url").asString()))
            .doesNotHaveDuplicates();
        assertThat(lines().getFirst().toString())
            .isEqualTo(
                "{\"url\":\"%s\",\"kind\":\"page\",\"title\":\"The Mineral Cabinet\",\"bytes\":%d,\"links\":22,\"attempts\":1,\"depth\":0}"
                    .formatted(cabinet.uri(), lines().getFirst().get("bytes").asInt()));
      }
    }

    @Test
    void stopsAtTheGreatestNumberOfPages() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var report = crawl(cabinet.uri(), settings(3, 50));

        assertThat(report.pages()).isEqualTo(50);
        assertThat(report.end()).isEqualTo(End.LIMIT);
      }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
      var during = new HashSet<String>();
      events.on(CrawlEvent.Visited.class, visit -> {
        if (during.isEmpty()) {
          during.addAll(threads());
        }
      });
      try (var cabinet = Cabinet.open()) {
        crawl(cabinet.uri(), settings(8, 60));
      }

      assertThat(during).contains("crawl-1");
      assertThat(threads()).isEmpty();
    }

    /* The threads of a crawl are virtual: Thread.getAllStackTraces does not know of them. */
    private List<String> threads() {
      var file = folder.resolve("threads.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        var dump = Files.readString(file);
        Files.delete(file);
        return Pattern.compile("\"(crawl-\\d+)\"")
            .matcher(dump)
            .results()
            .map(match -> match.group(1))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void tellsOfEachAddressAndOfTheEnd() throws IOException {
      var seen = new HashSet<URI>();
      events.on(CrawlEvent.Visited.class, visit -> seen.add(visit.link().uri()));
      var ended = events.next(CrawlEvent.Ended.class);
      try (var cabinet = Cabinet.open()) {
        var report = crawl(cabinet.uri(), settings(8, 60));

        assertThat(seen).hasSize((int) report.tally().visited());
        assertThat(ended).isCompletedWithValueMatching(event -> event.report().equals(report));
      }
    }

    @Test
    void endsEarlyWhenInterrupted() throws IOException {
      try (var cabinet = Cabinet.open()) {
        events.on(CrawlEvent.Visited.class, visit -> {
          if (visit.soFar().pages() == 30) {
            Thread.currentThread().interrupt();
          }
        });
        var report = crawl(cabinet.uri());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.end()).isEqualTo(End.INTERRUPTED);
        assertThat(lines()).hasSize((int) report.tally().visited());
        assertThat(report.waiting()).isPositive();
      }
    }

    @Test
    void goesOnWhereItEnded() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var first = crawl(cabinet.uri(), settings(4, 100));
        var second = resume(cabinet.uri());

        assertThat(first.pages()).isEqualTo(100);
        assertThat(second.pages()).isEqualTo(cabinet.reachablePages());
        assertThat(second.pagesBefore()).isEqualTo(100);
        assertThat(second.end()).isEqualTo(End.COMPLETE);
        assertThat(lines()).hasSize((int) second.tally().visited());
        assertThat(lines().stream().map(line -> line.get("url").asString()))
            .doesNotHaveDuplicates();
      }
    }
  }

  @Nested
  class OfAnOddSite {

    private HttpServer server;

    private URI serve(Map<String, String> pages) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        try (exchange) {
          var path = exchange.getRequestURI().toString();
          var answer = pages.getOrDefault(path, "404");
          if (answer.startsWith("->")) {
            exchange.getResponseHeaders().set("Location", answer.substring(2));
            exchange.sendResponseHeaders(302, -1);
          } else if (answer.matches("\\d{3}")) {
            exchange.sendResponseHeaders(Integer.parseInt(answer), -1);
          } else {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        }
      });
      server.start();
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
      if (server != null) {
        server.stop(0);
      }
    }

    @Test
    void followsTheSeedToItsNewOrigin() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var seed = serve(Map.of("/", "->" + cabinet.uri()));
        var report = crawl(seed, settings(8, 60));

        assertThat(report.pages()).isEqualTo(60);
      }
    }

    @Test
    void staysOnTheSite() throws IOException {
      var seed = serve(Map.of(
          "/",
          "<a href='http://example.invalid/'>x</a><a href='/a'>a</a>",
          "/a",
          "->http://example.invalid/"));
      var report = crawl(seed);

      assertThat(report.pages()).isEqualTo(1);
      assertThat(report.tally().redirects()).isEqualTo(1);
      assertThat(report.tally().visited()).isEqualTo(2);
    }

    @Test
    void getsThroughAPageWithMoreLinksThanItsChannelsHold() throws IOException {
      var links = IntStream.range(0, 200).mapToObj("<a href='/%d'>x</a>"::formatted);
      var page = links.collect(joining());
      var report = crawl(serve(Map.of("/", page, "/0", page, "/1", page)), settings(1, 1_000));

      assertThat(report.pages()).isEqualTo(3);
      assertThat(report.tally().refused()).isEqualTo(198);
    }

    @Test
    void endsWhereRedirectsGoRound() throws IOException {
      var seed = serve(Map.of("/", "->/a", "/a", "->/b", "/b", "->/a"));
      var report = crawl(seed);

      assertThat(report.tally().redirects()).isEqualTo(3);
      assertThat(report.pages()).isZero();
    }

    @Test
    void doesNotCrawlASiteWhoseRulesCannotBeHad() throws IOException {
      var seed = serve(Map.of("/", "<p>", "/robots.txt", "501"));
      var report = crawl(seed);

      assertThat(report.tally().failed()).isEqualTo(1);
      assertThat(report.pages()).isZero();
      assertThat(lines().getFirst().get("reason").asString()).contains("robots.txt", "501");
    }

    @Test
    void goesToAHostThatJavaTakesForNone() throws IOException {
      var report = crawl(URI.create("http://under_score.invalid/"));

      assertThat(report.tally().failed()).isEqualTo(1);
      assertThat(lines().getFirst().get("reason").asString()).contains("under_score.invalid");
    }

    @Test
    void reportsWhatTheConnectionDid() throws IOException {
      var seed = serve(Map.of("/", "<a href='/a'>a</a>", "/a", "->::"));
      var report = crawl(seed);

      assertThat(report.tally().refused()).isEqualTo(1);
    }
  }

  @Test
  void wantsAWebAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crawl(URI.create("mailto:a@example.org")))
        .withMessage("seed must be an absolute http or https address, was mailto:a@example.org");
  }
}
