package dev.touchstone.examples.pluginapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar adds a format to what crawls write, and what crawls keep can be read by recipes. */
class CrawlAdditionsTest {

  @TempDir
  private Path folder;

  private static HttpServer site() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        var body = """
            <title>Quartz | oxide</title><meta property="og:title" content="All of quartz"><h1>Quartz</h1>
            """.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    });
    server.start();
    return server;
  }

  @Test
  void joinsCrawlsOnBothSides() throws Exception {
    var server = site();
    try (var workbench = Workbench.open(PluginHome.at(folder.resolve("home")))) {
      workbench.load();
      var seed = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      crawl(CrawlDefinition.parse(
          "test.yaml", """
              seeds: ['%s']
              politeness: {floor: 0}
              reach: anywhere
              items: {mineral: {fields: {name: {css: h1}}}, card: {plugin: opengraph}}
              out: [{markdown: pages.md}, {sqlite: true}, {csv: cards.csv, of: card}]
              """.formatted(seed), CrawlAdditions.of(() -> workbench)));

      assertThat(Files.readAllLines(folder.resolve("pages.md")))
          .hasSize(3)
          .first()
          .asString()
          .startsWith("| url | kind | title |");
      assertThat(Files.readString(folder.resolve("pages.md")))
          .contains("| " + seed + " | page | Quartz \\| oxide |");
      assertThat(Files.readAllLines(folder.resolve("cards.csv")))
          .containsExactly("url,title,type,image,description", seed + ",All of quartz,,,");
      var run = TestRecipes.prepare(workbench, folder, """
          source: {crawl: {folder: crawl, of: mineral}}
          sink: {jsonl: minerals.jsonl}
          """);
      assertThat(run.run()).as(run.detail()).isEqualTo(RunState.FINISHED);
      assertThat(Files.readString(folder.resolve("minerals.jsonl")))
          .isEqualTo("{\"url\":\"%s\",\"name\":\"Quartz\"}\n".formatted(seed));
    } finally {
      server.stop(0);
    }
  }

  private void crawl(CrawlDefinition definition) {
    try (var events = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher("touchstone-test");
        var home = CrawlHome.create(
            folder.resolve("crawl"), Storage.disk(), definition.sinks("touchstone-test"))) {
      new Crawler(fetcher, definition.plan(), definition.settings(), events)
          .crawl(definition.seeds(), home);
    }
  }

  @Test
  void namesTheNearestExtractor() {
    try (var workbench = Workbench.open(PluginHome.at(folder.resolve("home")))) {
      workbench.load();
      assertThatThrownBy(() -> CrawlDefinition.parse(
              "test.yaml",
              "seeds: ['http://a.example/']\n"
                  + "items: {card: {plugin: opengraf}}\n"
                  + "out: [{jsonl: a}]\n",
              CrawlAdditions.of(() -> workbench)))
          .isInstanceOf(YamlException.class)
          .hasMessage("test.yaml:2:24: 'opengraf' is not known here; did you mean 'opengraph'?");
    }
  }

  @Test
  void namesTheNearestFormat() {
    try (var workbench = Workbench.open(PluginHome.at(folder.resolve("home")))) {
      workbench.load();
      assertThatThrownBy(() -> CrawlDefinition.parse(
              "test.yaml",
              "seeds: ['http://a.example/']\nout: [{markdwn: pages.md}]\n",
              CrawlAdditions.of(() -> workbench)))
          .isInstanceOf(YamlException.class)
          .hasMessage("test.yaml:2:8: 'markdwn' is not known here; did you mean 'markdown'?");
    }
  }
}
