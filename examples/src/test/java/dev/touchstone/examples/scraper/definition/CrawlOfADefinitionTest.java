package dev.touchstone.examples.scraper.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.frontier.AddressHistory.Rejection;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrawlOfADefinitionTest {

  @TempDir
  private Path folder;

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
  private final List<String> visited = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        var path = exchange.getRequestURI().getPath();
        var body = pages.get(path);
        if (failures.getOrDefault(path, new AtomicInteger()).getAndDecrement() > 0) {
          exchange.getResponseHeaders().set("Retry-After", "0");
          exchange.sendResponseHeaders(503, -1);
        } else if (body == null) {
          exchange.sendResponseHeaders(404, -1);
        } else {
          var type = path.endsWith(".xml") ? "application/xml" : "text/html";
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
      }
    });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void crawl(String yaml) {
    var definition = CrawlDefinition.parse("test.yaml", """
        seeds: ['%s']
        concurrency: 1
        politeness: {floor: 0, perHost: 1}
        reach: anywhere
        out: [{jsonl: out.jsonl}]
        %s
        """.formatted(uri("/"), yaml));
    try (var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher("touchstone-test");
        var home = CrawlHome.create(
            folder.resolve("crawl"), Storage.disk(), definition.sinks("touchstone-test"))) {
      events.on(
          CrawlEvent.Visited.class, visit -> visited.add(visit.link().uri().getPath()));
      new Crawler(fetcher, definition.plan(), definition.settings(), events)
          .crawl(definition.seeds(), home);
    }
  }

  private CrawlView view() {
    return CrawlView.open(CrawlHome.database(folder.resolve("crawl")));
  }

  @Test
  void followsSitemapsThatRobotsTxtNames() {
    pages.put("/robots.txt", "Sitemap: " + uri("/index.xml"));
    pages.put(
        "/index.xml",
        "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            + "<sitemap><loc>" + uri("/one.xml") + "</loc></sitemap></sitemapindex>");
    pages.put(
        "/one.xml",
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>"
            + uri("/hidden") + "</loc></url><url><loc>http://other.invalid/</loc></url></urlset>");
    pages.put("/", "<p>nothing leads from here");
    pages.put("/hidden", "<p>found");
    crawl("follow: [{css: a}, {sitemap: true}]");

    assertThat(visited).containsExactlyInAnyOrder("/", "/index.xml", "/one.xml", "/hidden");
  }

  @Test
  void asksForNoSitemapUnlessItIsToldTo() {
    pages.put("/", "<p>");
    crawl("");

    assertThat(visited).containsExactly("/");
  }

  @Test
  void visitsWhatMattersMostFirst() {
    pages.put("/", "<a href='/a'>a</a><a href='/b'>b</a><a class=next href='/c'>c</a>");
    pages.put("/a", "<p>");
    pages.put("/b", "<p>");
    pages.put("/c", "<p>");
    crawl("follow: [{css: a.next, priority: 10}, {pattern: b$, priority: 5}, {css: a}]");

    assertThat(visited).containsExactly("/", "/c", "/b", "/a");
  }

  @Test
  void writesDownWhatItDoesNotGoToAndWhatWentWrong() {
    pages.put("/", "<a href='/secret'>s</a><a href='/shy'>t</a>");
    pages.put("/shy", "<p>");
    failures.put("/shy", new AtomicInteger(1));
    crawl("scope: {exclude: [secret]}");

    try (var view = view()) {
      assertThat(view.history(uri("/secret")).rejection())
          .contains(new Rejection(1, Optional.of(uri("/")), "it matches secret"));
      assertThat(view.history(uri("/shy")).incidents())
          .singleElement()
          .satisfies(incident -> assertThat(incident.text()).startsWith("answered 503"));
      assertThat(view.robots()).containsKey(uri("/").toString().replaceAll("/$", ""));
    }
  }

  @Test
  void writesTheItemsOfEachPageOnce() throws IOException {
    pages.put("/", "<h1>Start</h1><a href='/a'>a</a>");
    pages.put("/a", "<p>no item");
    crawl("items: {thing: {fields: {name: {css: h1, required: true}, tags: {list: 'css: a'}}}}");

    assertThat(Files.readAllLines(folder.resolve("out.jsonl")))
        .containsExactly("{\"url\":\"%s\",\"item\":\"thing\",\"name\":\"Start\",\"tags\":[\"a\"]}"
            .formatted(uri("/")));
  }
}
