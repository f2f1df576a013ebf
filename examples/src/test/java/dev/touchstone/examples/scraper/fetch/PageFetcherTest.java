package dev.touchstone.examples.scraper.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.Validators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PageFetcherTest {

  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI serve(byte[] body, String contentType, String encoding) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        if (!encoding.isEmpty()) {
          exchange.getResponseHeaders().set("Content-Encoding", encoding);
        }
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sitemap.xml.gz");
  }

  private static Fetched fetch(URI address, Limits limits, Keep... keep) {
    try (var fetcher = PageFetcher.open("touchstone-test", Reach.ANYWHERE, limits, Set.of(keep))) {
      return fetcher.fetch(address);
    }
  }

  private static Limits limits(long wire, long body) {
    return new Limits(wire, body, 200, Duration.ofSeconds(30), 0);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] html(int blanks) {
    return ("<title>t</title>" + " ".repeat(blanks)).getBytes(UTF_8);
  }

  @Nested
  class ABody {

    @Test
    void isCutWhereItIsLongerThanAllowed() throws IOException {
      var fetched = fetch(serve(html(5_000), "text/html", ""), limits(10_000, 1_000));

      assertThat(((Outcome.Page) fetched.outcome()).bytes()).isEqualTo(1_000);
    }

    @Test
    void isCutWhereMoreComesThanAllowed() throws IOException {
      var fetched = fetch(serve(html(5_000), "text/html", ""), limits(1_000, 10_000));

      assertThat(((Outcome.Page) fetched.outcome()).bytes()).isEqualTo(1_000);
    }

    @Test
    void isDecompressedAndKeptAsItCame() throws IOException {
      var compressed = gzip(html(5_000));
      var fetched = fetch(serve(compressed, "text/html", "gzip"), Limits.DEFAULT, Keep.EXCHANGES);

      assertThat(((Outcome.Page) fetched.outcome()).bytes()).isEqualTo(5_016);
      assertThat(fetched.exchange().orElseThrow().body()).isEqualTo(compressed);
    }

    @Test
    void isReadAsFarAsItGoesWhereItIsCutOnTheWire() throws IOException {
      var compressed = gzip(html(50_000));
      var fetched = fetch(
          serve(compressed, "text/html", "gzip"),
          limits(compressed.length - 20, 100_000),
          Keep.EXCHANGES);

      assertThat(fetched.exchange().orElseThrow().isCut()).isTrue();
      assertThat(fetched.outcome()).isInstanceOf(Outcome.Page.class);
    }

    @Test
    void isOfAVersionOnlyWhereAllOfItIsThere() throws IOException {
      var address = serve(html(5_000), "text/html", "");

      assertThat(fetch(address, limits(10_000, 10_000)).validators().etag()).contains("\"v1\"");
      assertThat(fetch(address, limits(10_000, 1_000)).validators()).isEqualTo(Validators.NONE);
    }

    @Test
    void isEmptyWhereNothingComesHoweverThatIsSaidToBeEncoded() throws IOException {
      var fetched = fetch(serve(new byte[0], "text/html", "gzip"), Limits.DEFAULT);

      assertThat(fetched.outcome()).isEqualTo(new Outcome.Page("", 0, List.of()));
    }

    @Test
    void isAFailureWhereItIsNotEncodedAsItSays() throws IOException {
      var fetched = fetch(serve(html(10), "text/html", "gzip"), Limits.DEFAULT);

      assertThat(fetched.outcome())
          .isEqualTo(new Outcome.Failed("the body cannot be used: Not in GZIP format"));
    }

    @Test
    void isAFailureWhereItIsEncodedAsNobodyAsked() throws IOException {
      var fetched = fetch(serve(html(10), "text/html", "br"), Limits.DEFAULT);

      assertThat(fetched.outcome())
          .isEqualTo(new Outcome.Failed(
              "the body cannot be used: its Content-Encoding is 'br', which we did not ask for"));
    }
  }

  @Test
  void readsACompressedSitemap() throws IOException {
    var xml = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        + "<url><loc>http://a.example/1</loc></url></urlset>";
    var fetched = fetch(
        serve(gzip(xml.getBytes(UTF_8)), "application/gzip", ""), Limits.DEFAULT, Keep.SITEMAPS);

    assertThat(fetched.sitemap().orElseThrow().pages())
        .containsExactly(URI.create("http://a.example/1"));
    assertThat(fetched.outcome()).isEqualTo(new Outcome.Other("application/gzip"));
  }

  @Test
  void hasLimitsThatMakeSense() throws IOException {
    serve(html(1), "text/html", "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(0, 1))
        .withMessage("wireBytes must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(1, 1, 1, Duration.ZERO, 0))
        .withMessage("time must be positive, was PT0S");
  }
}
