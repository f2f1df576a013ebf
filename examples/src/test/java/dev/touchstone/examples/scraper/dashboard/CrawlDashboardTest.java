package dev.touchstone.examples.scraper.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.web.WebServerException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrawlDashboardTest {

  @TempDir
  private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private HeldCrawl crawl;

  @BeforeEach
  void start() throws Exception {
    crawl = HeldCrawl.start(folder.resolve("stones.crawl"));
  }

  @AfterEach
  void close() {
    crawl.close();
    client.close();
  }

  private Document page(String path) throws Exception {
    return page(crawl.dashboard(), path);
  }

  private Document page(CrawlDashboard dashboard, String path) throws Exception {
    var server = dashboard.server();
    var request = HttpRequest.newBuilder(server.uri().resolve(path))
        .header("Authorization", "Bearer " + server.token())
        .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  private static String figure(Document page, String label) {
    return page.select(".figures div:has(> dt:containsOwn(" + label + ")) .value")
        .first()
        .text();
  }

  private static String fact(Document page, String label) {
    return page.select("dt:containsOwn(" + label + ") + dd").first().text();
  }

  private String address(String path) {
    return "/addresses/one?url=" + Terms.encoded(crawl.seed().resolve(path).toString());
  }

  @Nested
  class OfARunningCrawl {

    @Test
    void tellsHowItGetsOn() throws Exception {
      var page = page("/");

      assertThat(page.title()).isEqualTo("Overview · Crawl stones.crawl");
      assertThat(page.select("main .head").text()).startsWith("Running for ");
      assertThat(figure(page, "Waiting")).isEqualTo("26"); // of 46, less the 20 at which it is held
      assertThat(figure(page, "Done")).isEqualTo("43 %");
      assertThat(page.select("h2").eachText())
          .containsExactly(
              "Pages per second", "Errors", "What became of the addresses", "Latest", "Keys");
      assertThat(page.select("h2:containsOwn(Latest)").first().parent().parent().select("tbody tr"))
          .hasSize(12);
    }

    @Test
    void tellsWhatHostsWaitForAndWhy() throws Exception {
      var row = page("/hosts").select("tbody tr").first();

      assertThat(row.child(0).text() + "/").isEqualTo(crawl.seed().toString());
      assertThat(row.child(1).text()).isNotEmpty();
      assertThat(row.child(2).text()).isEqualTo("5 ms");
      assertThat(row.child(3).text()).isEqualTo("Crawl-delay in its robots.txt");
    }

    @Test
    void tellsWhatAnAddressWaitsFor() throws Exception {
      var page = page(address("page?number=40"));

      assertThat(fact(page, "State")).startsWith("Waiting");
      assertThat(fact(page, "Its host"))
          .endsWith("; one request each 5 ms because of Crawl-delay in its robots.txt");
      assertThat(page.select(".trail li").eachText())
          .containsExactly(crawl.seed().toString(), crawl.seed() + "page?number=40");
    }
  }

  @Nested
  class OfACompleteCrawl {

    @BeforeEach
    void finish() {
      crawl.finish();
    }

    @Test
    void tellsWhatBecameOfTheAddresses() throws Exception {
      var page = page("/");

      assertThat(page.select("main .head").text()).startsWith("Complete after ");
      assertThat(figure(page, "Pages")).isEqualTo("42");
      assertThat(figure(page, "Waiting")).isEqualTo("0");
      assertThat(figure(page, "Done")).isEqualTo("100 %");
      assertThat(figure(page, "Time left")).isEqualTo("–");
      assertThat(page.select(".legend li").eachText())
          .containsExactly(
              "Pages 42 91 %",
              "Redirects 1 2 %",
              "Other files 1 2 %",
              "Left alone as robots.txt asks 1 2 %",
              "Dead links and failures 1 2 %");
    }

    @Test
    void groupsErrorsAndLeadsToTheirAddresses() throws Exception {
      var error = page("/errors").select("tbody tr").first();

      assertThat(error.text()).startsWith("Status 404 Dead link 1 " + crawl.seed() + "gone?x=");
      var list = page(error.child(0).child(0).attr("href"));
      assertThat(list.select("h2").first().text()).isEqualTo("Dead links: 404");
      assertThat(list.select("tbody tr")).hasSize(1);
      var one = page(list.select("tbody a").attr("href"));
      assertThat(fact(one, "State")).isEqualTo("Dead link");
      assertThat(fact(one, "Status")).isEqualTo("404");
    }

    @Test
    void listsAddressesPageByPage() throws Exception {
      assertThat(page("/addresses").select("tbody tr")).hasSize(42);
      assertThat(page("/addresses?outcome=redirect").select("tbody tr").text())
          .isEqualTo(crawl.seed() + "moved 301 " + crawl.seed() + "page");
      assertThat(page("/addresses?outcome=waiting").select(".empty").text()).isEqualTo("None.");
      assertThat(page("/addresses?outcome=%27%3B&after=x&reason=%22")
              .select(".empty")
              .text())
          .isEqualTo("None.");
    }

    @Test
    void tellsTheWholeStoryOfAnAddress() throws Exception {
      var page = page(address("page"));
      var seed = page(address(""));
      var vault = page(address("vault/1"));

      assertThat(fact(page, "Title")).isEqualTo("A page");
      assertThat(fact(page, "Fetched")).isEqualTo("1 time");
      assertThat(fact(page, "Depth")).isEqualTo("1 link from a seed");
      assertThat(page.select(".trail li").eachText())
          .containsExactly(crawl.seed().toString(), crawl.seed() + "moved", crawl.seed() + "page");
      assertThat(fact(seed, "Title")).isEqualTo(HostileSite.TITLE);
      assertThat(seed.text()).contains("It is a seed: the crawl began there.");
      assertThat(fact(vault, "State")).isEqualTo("Left alone: robots.txt asks not to visit it");
    }

    @Test
    void saysWhatIsWrongWithAnAddress() throws Exception {
      assertThat(page("/addresses/one?url=%3Cb%3E").select("main p").text())
          .isEqualTo("An address must begin with http:// or https:// and name a host, was '<b>'.");
      assertThat(page("/addresses/one?url=http%3A%2F%2Felsewhere.example%2F")
              .select("main p")
              .text())
          .isEqualTo("The crawl never came upon http://elsewhere.example/.");
    }

    @Test
    void showsWhatIsWritten() throws Exception {
      var page = page("/items");

      var fields = page.select("table").first().select("tbody tr");
      assertThat(fields.eachText())
          .anySatisfy(row -> assertThat(row).startsWith("url 100 % "))
          .anySatisfy(row -> assertThat(row).startsWith("title 91 % "))
          .anySatisfy(row -> assertThat(row).startsWith("contentType 2 % text/csv"));
      assertThat(page.select("table").last().select("tbody tr")).hasSize(20);
    }

    @Test
    void runsNothingThatASiteSays() throws Exception {
      for (var path : List.of("/", "/hosts", "/addresses", "/errors", "/items", address(""))) {
        var page = page(path);

        assertThat(page.select("script")).as(path).hasSize(1);
        assertThat(page.select("main img, [onerror], [onload]")).as(path).isEmpty();
      }
    }
  }

  @Nested
  class OfACrawlAtRest {

    private CrawlDashboard dashboard;

    @BeforeEach
    void open() throws Exception {
      crawl.close();
      var database = folder.resolve("stones.crawl/crawl.db");
      Files.setLastModifiedTime(database, FileTime.from(Instant.now().minusSeconds(7_200)));
      dashboard = CrawlDashboard.open(folder.resolve("stones.crawl"), 0);
    }

    @AfterEach
    void closeDashboard() {
      dashboard.close();
    }

    @Test
    void tellsWhatIsKept() throws Exception {
      var page = page(dashboard, "/");

      assertThat(page.select("main .head").text()).startsWith("Complete, last commit 2 h ago");
      assertThat(figure(page, "Pages")).isEqualTo("42");
      assertThat(page.select("h2").eachText()).doesNotContain("Latest");
      assertThat(page(dashboard, "/hosts").select("tbody tr td").eachText()).startsWith("46", "0");
      assertThat(page(dashboard, "/hosts").select("main p").text()).contains("--dashboard");
      assertThat(page(dashboard, "/items").select("table")).hasSize(2);
    }

    @Test
    void saysSoWhereAnOutputIsGone() throws Exception {
      Files.delete(folder.resolve("pages.jsonl"));

      assertThat(page(dashboard, "/items").select("main p").text())
          .isEqualTo("The file cannot be read: " + folder.resolve("pages.jsonl"));
    }
  }

  @Test
  void isNotOpenedWhereThereIsNoCrawl() {
    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> CrawlDashboard.open(folder.resolve("nothing"), 0))
        .withMessageStartingWith("cannot open ");
  }

  @Test
  void isNotOpenedOnAPortThatIsTaken() {
    var port = crawl.dashboard().server().uri().getPort();

    assertThatExceptionOfType(WebServerException.class)
        .isThrownBy(() -> CrawlDashboard.open(folder.resolve("stones.crawl"), port))
        .withMessageStartingWith("port " + port + " is taken");
  }

  @Test
  void endsWithItsServer() throws Exception {
    var address = URI.create(crawl.dashboard().server().uri().toString());
    crawl.close();

    assertThatExceptionOfType(java.net.ConnectException.class)
        .isThrownBy(
            () -> client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()));
  }
}
