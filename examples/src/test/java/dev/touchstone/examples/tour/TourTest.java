package dev.touchstone.examples.tour;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.web.WebServerException;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TourTest {

  private static final Pattern LINK = Pattern.compile("href=\"(http://[^\"]+\\?token=[^\"]+)\"");

  @TempDir
  private Path folder;

  @Test
  @Timeout(120)
  void beginsAnewWhereOneHasComeToItsEnd() throws Exception {
    var first = take(TourTest::leavesNothingOpenWhereAPortIsTaken);
    var second = take(TourTest::leadsToThePagesOfTheFour);

    assertThat(second.isResumed()).isFalse();
    assertThat(second.crawl()).isEqualTo(first.crawl());
    assertThat(second.jobs()).isEqualTo(402);
    assertThat(second.attempts()).isGreaterThan(second.assays());
    assertThat(second.gathered().requests()).isEqualTo(20);
    assertThat(second.gathered().answer())
        .contains("\"room\":{\"name\":", "\"assay\":{\"hardness\":");
  }

  @Test
  void saysThatThePortOfATourThatCameToNoEndIsTaken() throws Exception {
    try (var cabinet = Cabinet.open()) {
      try (var queue = TaskQueue.open(SqliteStore.open(folder.resolve("tour.db")))) {
        queue.enqueue(
            new CrawlSite(cabinet.uri().toString()), options -> options.queue(Tour.QUEUE));
      }
      assertThatThrownBy(() -> take((report, stops) -> {}))
          .isInstanceOf(TourException.class)
          .hasMessage("the tour in this folder came to no end, and its port "
              + cabinet.uri().getPort() + " is in use; end what uses it, or name another folder");
    }
  }

  private static void leavesNothingOpenWhereAPortIsTaken(TourReport report, TourStops stops) {
    var before = threadsOfServers();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TourConsole.open(report, stops, taken.getLocalPort()))
          .isInstanceOf(WebServerException.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + " is taken");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().untilAsserted(() -> assertThat(threadsOfServers()).isEqualTo(before));
  }

  private static Set<String> threadsOfServers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("web-"))
        .collect(toSet());
  }

  private static void leadsToThePagesOfTheFour(TourReport report, TourStops stops) {
    try (var console = TourConsole.open(report, stops, 0);
        var client = ApiClient.builder().build()) {
      var page = page(client, console.server().uriWithToken());
      assertThat(page).contains("Web scraper", "Task queue", "Plugins", "API gateway");

      var links = LINK.matcher(page).results().map(found -> found.group(1)).toList();
      assertThat(links).hasSize(4);
      assertThat(links)
          .map(link -> page(client, URI.create(link)))
          .map(html -> html.substring(html.indexOf("<title>") + 7, html.indexOf("</title>")))
          .satisfiesExactly(
              crawl -> assertThat(crawl).endsWith("Crawl pages.crawl"),
              queue -> assertThat(queue).endsWith("Queue tour.db"),
              plugins -> assertThat(plugins).endsWith("Workbench plugins"),
              gateway -> assertThat(gateway).endsWith("Gateway minerals"));
    }
  }

  /* The token comes as a parameter once; a program sends it as a header. */
  private static String page(ApiClient client, URI withToken) {
    var token = withToken.getQuery().substring("token=".length());
    var address = URI.create(withToken.toString().replaceFirst("\\?.*", ""));
    return client.send(
        ApiRequest.get(address).header("Authorization", "Bearer " + token).asText());
  }

  private TourReport take(Tour.Guide guide) throws Exception {
    try (var bus = EventBus.of(TourEvent.class).build()) {
      return new Tour(bus).take(folder, guide);
    }
  }
}
