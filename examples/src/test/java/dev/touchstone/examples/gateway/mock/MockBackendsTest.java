package dev.touchstone.examples.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MockBackendsTest {

  private static final Map<String, String> ANY_PORT = Map.of("SHOP_LISTEN", "0", "SHOP_ADMIN", "0");

  @TempDir
  private Path folder;

  private GatewayDefinition parse(String yaml) {
    return GatewayDefinition.parse("g.yaml", yaml, folder, ANY_PORT);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body();
    }
  }

  /** What the guide tells a newcomer to do first. */
  @Test
  void letTheShopBeServedWithoutItsBackends() throws Exception {
    var yaml = Files.readString(Path.of("../docs/gateway-shop.yaml"))
        .replace("500ms", "30s") // whatever else the machine has to do
        .replace("800ms", "30s");
    for (var port : new String[] {":9001", ":9002", ":9003"}) {
      yaml = yaml.replace(port, ":" + freePort());
    }
    var definition = parse(yaml);

    try (var mocks = MockBackends.open(definition, request -> {});
        var gateway = Gateway.open(() -> GatewayPlan.of(definition), request -> {})) {
      assertThat(mocks.uris()).hasSize(3);
      assertThat(get(gateway.uri().resolve("/users/7/home")))
          .isEqualTo("{\"id\":\"7\",\"name\":\"Ada Lovelace\","
              + "\"orders\":[{\"id\":501,\"productId\":\"pen\",\"total\":1.50},"
              + "{\"id\":502,\"productId\":\"paper\",\"total\":12.00},"
              + "{\"id\":503,\"productId\":\"pen\",\"total\":3.00}],"
              + "\"team\":{\"id\":\"3\",\"name\":\"Analysts\",\"size\":12},"
              + "\"products\":[{\"id\":\"pen\",\"title\":\"Something to write\",\"price\":1.50},"
              + "{\"id\":\"paper\",\"title\":\"Something to write\",\"price\":1.50}]}");
      assertThat(get(gateway.uri().resolve("/products/pen"))).contains("\"id\":\"pen\"");
    }
  }

  @Test
  void readFilesForEachRequest() throws Exception {
    Files.writeString(folder.resolve("a.json"), "[1]");
    var definition = parse("""
        backends: {a: {url: "http://localhost:0/v1", examples: {GET /a: {$file: a.json}}}}
        routes: {GET /a: {proxy: a}}
        """);

    try (var mocks = MockBackends.open(definition, request -> {})) {
      var uri = mocks.uris().getFirst().resolve("/v1/a");
      assertThat(get(uri)).isEqualTo("[1]");
      Files.writeString(folder.resolve("a.json"), "[2]");
      assertThat(get(uri)).isEqualTo("[2]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.example.org", "http://[::1]:0", "https://localhost:0"})
  void standInForNobodyElsewhere(String url) {
    var definition = parse("""
        backends:
          a: {url: "%s", examples: {GET /a: 1}}
        routes: {GET /a: {proxy: a}}
        """.formatted(url));

    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> MockBackends.open(definition, request -> {}))
        .withMessage(
            "g.yaml:2:6: only backends at http://127.0.0.1 can be stood in for, and 'a' is at "
                + url);
  }
}
