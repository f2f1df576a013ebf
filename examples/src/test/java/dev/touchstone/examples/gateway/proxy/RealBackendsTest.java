package dev.touchstone.examples.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.examples.clients.prometheus.Prometheus;
import dev.touchstone.examples.clients.prometheus.PrometheusServer;
import dev.touchstone.examples.clients.prometheus.QueryResult;
import dev.touchstone.examples.clients.registry.Registry;
import dev.touchstone.examples.clients.registry.RegistryServer;
import dev.touchstone.examples.gateway.StaticSite;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that others wrote, and clients that know nothing of a gateway in between. */
class RealBackendsTest {

  private static final Terms TERMS =
      Terms.DEFAULT.withMaxBodyBytes(64 << 20).withDeadline(Duration.ofMinutes(1));

  private final ApiClient client = ApiClient.builder().build();
  private Edge edge;

  private URI inFrontOf(URI backend) {
    var proxy = new Proxy(client, ProxyOptions.to(backend));
    edge = Edge.open(
        EdgeOptions.DEFAULT,
        new CurrentRoutes(
            RouteTable.of(List.of(Route.of("*", "/{path*}", proxy).withTerms(TERMS)))),
        request -> {});
    return edge.uri();
  }

  @AfterEach
  void close() {
    if (edge != null) {
      edge.close();
    }
    client.close();
  }

  private ApiResponse<byte[]> send(String method, URI uri, String... fields) {
    var request = ApiRequest.of(method, uri).acceptAll();
    for (var i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return client.exchange(request.asBytes());
  }

  @Test
  void filesOfNginxKeepRangesAndValidators(@TempDir Path folder, @TempDir Path files)
      throws Exception {
    var content = new byte[300_000];
    new Random(1).nextBytes(content);
    Files.write(files.resolve("a b.bin"), content);
    Files.writeString(files.resolve("index.html"), "hello");
    try (var nginx = StaticSite.start(folder, files)) {
      var gateway = inFrontOf(nginx.uri());
      var file = gateway.resolve("/a%20b.bin");

      var whole = send("GET", file);
      var etag = whole.headers().first("ETag").orElseThrow();
      var part = send("GET", file, "Range", "bytes=100-199");
      var head = send("HEAD", file);

      assertThat(whole.body()).isEqualTo(content);
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.headers().first("Content-Range")).contains("bytes 100-199/300000");
      assertThat(part.body()).hasSize(100);
      assertThat(head.headers().first("Content-Length")).contains("300000");
      assertThat(head.body()).isEmpty();
      assertThat(send("GET", file, "If-None-Match", etag).status()).isEqualTo(304);
      assertThat(send("GET", file, "Range", "bytes=999999-").status()).isEqualTo(416);
      assertThat(send("GET", gateway.resolve("/none")).status()).isEqualTo(404);
      assertThat(new String(send("GET", gateway).body(), UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void prometheusAnswersItsClient(@TempDir Path folder) throws Exception {
    try (var server = PrometheusServer.start(folder);
        var prometheus = Prometheus.connect(inFrontOf(URI.create(server.url())).toString())) {

      assertThat(prometheus.query("hardness{stone='agate'}", PrometheusServer.NOON))
          .isInstanceOfSatisfying(
              QueryResult.Vector.class, vector -> assertThat(vector.result()).hasSize(1));
      assertThat(prometheus.labelValues("stone")).contains("agate", "talc");
    }
  }

  @Test
  void aRegistryTakesAndGivesLayers(@TempDir Path folder, @TempDir Path files) throws Exception {
    var layer = new byte[3_000_000];
    new Random(2).nextBytes(layer);
    var file = Files.write(files.resolve("layer"), layer);
    try (var server = RegistryServer.start(folder);
        var registry = Registry.connect(inFrontOf(URI.create(server.url())).toString())) {
      var stones = registry.repository("stones/agate");

      var digest = stones.upload(file);
      stones.download(digest, files.resolve("copy"));

      assertThat(stones.hasBlob(digest)).isTrue();
      assertThat(files.resolve("copy")).hasBinaryContent(layer);
    }
  }
}
