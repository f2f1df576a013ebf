package dev.touchstone.examples.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.touchstone.examples.Main;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crawl knows may grow far beyond its memory. */
class MemoryTest {

  private static final int LINKS = 1_000;

  @TempDir
  private Path folder;

  @Test
  @Timeout(180)
  void discoversManyAddressesInLittleMemory() throws Exception {
    discovers(25, "32m");
  }

  @Tag("stress")
  @Test
  @Timeout(1_800)
  void discoversAMillionAddressesIn256Megabytes() throws Exception {
    discovers(1_000, "256m");
  }

  private void discovers(int pages, String memory) throws Exception {
    try (var server = LoopbackServer.open(MemoryTest::serve)) {
      var out = folder.resolve("pages.jsonl");
      var log = folder.resolve("log");
      var process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-XX:+UseSerialGC",
              "-XX:+ExitOnOutOfMemoryError",
              "-Xmx" + memory,
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "crawl",
              server.uri("/0").toString(),
              "--allow-private",
              "--delay=0",
              "--concurrency=4",
              "--max-pages=" + pages,
              "--out=" + out)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.to(log.toFile()))
          .start();

      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      try (var view = CrawlView.open(CrawlHome.database(Path.of(out + ".crawl")))) {
        assertThat(view.overview().tally().pages()).isEqualTo(pages);
        assertThat(view.overview().waiting()).isEqualTo(1L + (long) LINKS * pages - pages);
      }
    }
  }

  /** Page n links to a thousand pages that no other page links to. */
  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.equals("/robots.txt")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var first = Long.parseLong(path.substring(1)) * LINKS;
      var html = new StringBuilder("<title>Page</title>");
      for (var i = 1; i <= LINKS; i++) {
        html.append("<a href='/").append(first + i).append("'>x</a>");
      }
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(html.toString().getBytes(UTF_8));
    }
  }
}
