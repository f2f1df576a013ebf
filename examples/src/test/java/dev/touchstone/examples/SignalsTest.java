package dev.touchstone.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real signals to a real process that crawls a site whose second page does not come. */
@Timeout(120)
class SignalsTest {

  @TempDir
  private Path folder;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer site;
  private Process process;

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.setExecutor(threads);
    site.createContext("/", this::serve);
    site.start();
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "crawl",
            "http://127.0.0.1:" + site.getAddress().getPort() + "/",
            "--allow-private",
            "--delay=0",
            "--out=" + folder.resolve("pages.jsonl"))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(folder.resolve("log").toFile()))
        .start();
  }

  @AfterEach
  void close() {
    answer.countDown();
    process.destroyForcibly();
    site.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.equals("/robots.txt")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (path.equals("/slow")) {
        asked.countDown();
        answer.await();
      }
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("<a href='/slow'>a</a>".getBytes(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private void stopsSoon() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(log()).contains("stopping; once more ends it now"));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("pages.jsonl"));
  }

  @Test
  void theFirstLetsTheCrawlFinishWhatIsUnderWay() throws Exception {
    asked.await();
    signal("INT");
    stopsSoon();
    answer.countDown();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(log()).contains("2 pages", "Interrupted");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void theSecondEndsTheProcessAtOnce() throws Exception {
    asked.await();
    signal("INT");
    stopsSoon();
    signal("INT");

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(log()).doesNotContain("Interrupted", "did not stop in time");
  }

  @Test
  void aRequestToEndHasItsOwnStatus() throws Exception {
    asked.await();
    signal("TERM");
    stopsSoon();
    answer.countDown();

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(lines()).hasSize(2);
  }
}
