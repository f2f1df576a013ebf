package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.cabinet.Cabinet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardOptionTest {

  private static final Pattern ANNOUNCED =
      Pattern.compile("Dashboard: (http://127\\.0\\.0\\.1:\\d+/\\?token=\\p{XDigit}{32})\n");

  @TempDir
  private Path folder;

  private final HttpClient browser = HttpClient.newBuilder()
      .cookieHandler(new CookieManager())
      .followRedirects(HttpClient.Redirect.NORMAL)
      .build();
  private final StringWriter out = new StringWriter();
  private final CompletableFuture<String> page = new CompletableFuture<>();

  /** Opens the address of the dashboard when it is announced, before the command goes on. */
  private final class Reader extends StringWriter {

    @Override
    public void flush() {
      var announced = ANNOUNCED.matcher(toString());
      if (announced.find() && !page.isDone()) {
        try {
          page.complete(browser
              .send(
                  HttpRequest.newBuilder(URI.create(announced.group(1))).build(),
                  BodyHandlers.ofString())
              .body());
        } catch (IOException | InterruptedException e) {
          page.completeExceptionally(e);
        }
      }
    }
  }

  private final Reader err = new Reader();

  @AfterEach
  void close() {
    browser.close();
  }

  private int run(String... arguments) {
    return new CommandLineInterface(new PrintWriter(out, true), new PrintWriter(err, true))
        .run(arguments);
  }

  private int crawl(Cabinet cabinet, String... options) {
    var arguments = new ArrayList<>(List.of(
        "crawl",
        cabinet.uri().toString(),
        "--out",
        folder.resolve("pages.jsonl").toString(),
        "--allow-private",
        "--delay",
        "0",
        "--max-pages",
        "20"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void showsACrawlWhileItRuns() throws Exception {
    try (var cabinet = Cabinet.open()) {
      assertThat(crawl(cabinet, "--dashboard")).isZero();
    }

    assertThat(page.get()).contains("<title>Overview · Crawl pages.jsonl.crawl</title>");
  }

  @Test
  void isNotTakenForGranted() throws Exception {
    try (var cabinet = Cabinet.open()) {
      assertThat(crawl(cabinet)).isZero();
    }

    assertThat(err.toString()).doesNotContain("Dashboard");
  }

  @Test
  void showsACrawlThatRestsUntilItIsInterrupted() throws Exception {
    try (var cabinet = Cabinet.open()) {
      crawl(cabinet);
    }
    var status = new CompletableFuture<Integer>();
    var command = Thread.ofPlatform()
        .start(() -> status.complete(
            run("crawl", "dashboard", folder.resolve("pages.jsonl.crawl").toString())));

    assertThat(page.get()).contains("Not complete, last commit ");
    command.interrupt();
    assertThat(status.get()).isEqualTo(130);
  }

  @Test
  void tellsThatThePortIsTaken() throws Exception {
    try (var cabinet = Cabinet.open();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(crawl(cabinet, "--dashboard=" + taken.getLocalPort())).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("touchstone: port " + taken.getLocalPort() + " is taken")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crawl http://a/ --out x --dashboard=65536 | PORT must be from 0 to 65535, was 65536; see 'touchstone crawl --help'",
        "crawl http://a/ --out x --dashboard=some | Invalid value for option '--dashboard': 'some' is not an int; see 'touchstone crawl --help'",
        "crawl dashboard x --port -1 | PORT must be from 0 to 65535, was -1; see 'touchstone crawl dashboard --help'",
        "crawl dashboard | Missing required parameter: 'FOLDER'; see 'touchstone crawl dashboard --help'",
      })
  void refusesWhatIsNoPort(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err).hasToString("touchstone: " + message + "\n");
  }

  @Test
  void tellsThatThereIsNoCrawl() {
    assertThat(run("crawl", "dashboard", folder.resolve("nothing").toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("touchstone: cannot open ").hasLineCount(1);
  }

  @Test
  void showsAQueueUntilItIsInterrupted() throws Exception {
    var store = folder.resolve("queue.db").toString();
    assertThat(run("queue", "enqueue", "--store", store, "mail", "{}")).isZero();
    var status = new CompletableFuture<Integer>();
    var command = Thread.ofPlatform()
        .start(() -> status.complete(run("queue", "dashboard", "--store", store)));

    assertThat(page.get()).contains("<title>Overview · Queue queue.db</title>");
    command.interrupt();
    assertThat(status.get()).isEqualTo(130);
  }

  @Test
  void showsAQueueWhileItIsWorkedOff() throws Exception {
    var store = folder.resolve("queue.db").toString();
    run("queue", "enqueue", "--store", store, "program.run", "{\"command\":[\"true\"]}");

    assertThat(run("queue", "work", "--store", store, "--drain", "--dashboard")).isZero();

    assertThat(page.get()).contains("<title>Overview · Queue queue.db</title>");
  }
}
