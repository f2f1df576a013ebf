package dev.touchstone.examples.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crawl that is brought up to date asks for what has changed, and for nothing else. */
class RefreshTest {

  private static final String DEFINITION = """
      seeds: ['%s']
      scope: {maxPages: %d}
      concurrency: 1
      politeness: {floor: 0, perHost: 1}
      reach: anywhere
      items: {stone: {each: h1, fields: {name: {css: h1, required: true}}}}
      out: [{jsonl: stones.jsonl}, {jsonl: pages.jsonl, of: pages}, {sqlite: true}]
      """;

  @TempDir
  private Path folder;

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
  private volatile String validator = "ETag"; // the header that says which version a page is
  private LoopbackServer server;

  @BeforeEach
  void open() throws IOException {
    server = LoopbackServer.open(this::serve);
    pages.put("/", "<h1>Start</h1><a href='/agate'>a</a><a href='/beryl'>b</a>");
    pages.put("/agate", "<h1>Agate</h1>");
    pages.put("/beryl", "<h1>Beryl</h1><h1>Emerald</h1>");
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The version of a page is its text. */
  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = pages.get(path);
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var version = '"' + Integer.toHexString(body.hashCode()) + '"';
      exchange.getResponseHeaders().set(validator, version);
      var condition = validator.equals("ETag") ? "If-None-Match" : "If-Modified-Since";
      if (version.equals(exchange.getRequestHeaders().getFirst(condition))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      sent.add(path);
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }

  private CrawlReport crawl(int maxPages) {
    var definition = definition(maxPages);
    return crawl(
        definition, CrawlHome.create(crawlFolder(), Storage.disk(), definition.sinks("test")));
  }

  private CrawlReport refresh(int maxPages) {
    var definition = definition(maxPages);
    var home = CrawlHome.open(crawlFolder(), Storage.disk(), definition.sinks("test"));
    home.refresh();
    return crawl(definition, home);
  }

  private CrawlReport resume() {
    var definition = definition(100);
    return crawl(
        definition, CrawlHome.open(crawlFolder(), Storage.disk(), definition.sinks("test")));
  }

  private CrawlDefinition definition(int maxPages) {
    return CrawlDefinition.parse("test.yaml", DEFINITION.formatted(server.uri("/"), maxPages));
  }

  private Path crawlFolder() {
    return folder.resolve("crawl");
  }

  private static CrawlReport crawl(CrawlDefinition definition, CrawlHome opened) {
    try (var home = opened;
        var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher("touchstone-test")) {
      return new Crawler(fetcher, definition.plan(), definition.settings(), events)
          .crawl(definition.seeds(), home);
    }
  }

  private List<String> sent() {
    var all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  private List<Object> stones() {
    var stones = new ArrayList<>();
    try (var view = CrawlView.open(CrawlHome.database(crawlFolder()))) {
      view.forEachRow("item_stone", row -> stones.add(row.get("name")));
    }
    return stones;
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("stones.jsonl")).stream()
        .map(line -> line.replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETag", "Last-Modified"})
  void fetchesNothingWhereNothingHasChanged(String header) throws IOException {
    validator = header;
    crawl(100);
    sent();
    var report = refresh(100);

    assertThat(sent()).isEmpty();
    assertThat(report.end()).isEqualTo(End.COMPLETE);
    assertThat(report.pages()).isEqualTo(3);
    assertThat(report.tally().unchanged()).isEqualTo(3);
    assertThat(stones()).containsExactlyInAnyOrder("Start", "Agate", "Beryl", "Emerald");
    assertThat(lines()).containsExactly("Start", "Agate", "Beryl", "Emerald");
    assertThat(Files.readAllLines(folder.resolve("pages.jsonl"))).hasSize(3);
  }

  @Test
  void fetchesWhatHasChangedAndWhatThatLeadsTo() throws IOException {
    crawl(100);
    sent();
    pages.put("/beryl", "<h1>Heliodor</h1><a href='/citrine'>c</a>");
    pages.put("/citrine", "<h1>Citrine</h1>");
    var report = refresh(100);

    assertThat(sent()).containsExactly("/beryl", "/citrine");
    assertThat(report.pages()).isEqualTo(4);
    assertThat(report.tally().unchanged()).isEqualTo(2);
    assertThat(stones()).containsExactlyInAnyOrder("Start", "Agate", "Heliodor", "Citrine");
    assertThat(lines())
        .containsExactly("Start", "Agate", "Beryl", "Emerald", "Heliodor", "Citrine");
  }

  @Test
  void takesTheItemsOfAPageAwayThatIsGone() {
    crawl(100);
    pages.remove("/agate");
    var report = refresh(100);

    assertThat(report.tally().refused()).isEqualTo(1);
    assertThat(stones()).containsExactlyInAnyOrder("Start", "Beryl", "Emerald");
  }

  @Test
  void goesOnWhereARefreshEnded() throws IOException {
    crawl(100);
    pages.put("/agate", "<h1>Onyx</h1>");
    pages.put("/beryl", "<h1>Heliodor</h1>");
    sent();
    assertThat(refresh(2).end()).isEqualTo(End.LIMIT);
    assertThat(sent()).containsExactly("/agate");
    var report = resume();

    assertThat(sent()).containsExactly("/beryl");
    assertThat(report.end()).isEqualTo(End.COMPLETE);
    assertThat(report.pages()).isEqualTo(3);
    assertThat(report.tally().unchanged()).isEqualTo(1);
    assertThat(stones()).containsExactlyInAnyOrder("Start", "Onyx", "Heliodor");
  }

  @Test
  void fetchesEverythingWhereTheServerKnowsNoVersions() {
    validator = "X-Version";
    crawl(100);
    sent();

    assertThat(refresh(100).tally().unchanged()).isZero();
    assertThat(sent()).hasSize(3);
  }
}
