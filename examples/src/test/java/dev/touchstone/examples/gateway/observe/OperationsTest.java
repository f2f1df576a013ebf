package dev.touchstone.examples.gateway.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.gateway.RawClient;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class OperationsTest {

  private static String get(Edge edge, String path) throws IOException {
    return RawClient.exchange(
        edge.uri(),
        "GET " + path + " HTTP/1.1\r\nHost: g\r\nUser-Agent: a\"b\r\nConnection: close\r\n\r\n");
  }

  @Test
  void tellHealthAndFigures() throws Exception {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var ready = new AtomicBoolean(true);
    var routes = new ArrayList<>(Operations.health(ready::get));
    routes.add(Operations.metrics(registry));
    routes.add(Route.of(
        "GET",
        "/users/{id}",
        exchange -> exchange.reply(200, HttpFields.EMPTY, "x".getBytes(UTF_8))));
    try (var edge = Edge.open(
        EdgeOptions.DEFAULT,
        new CurrentRoutes(RouteTable.of(routes)),
        new RequestMetrics(registry))) {
      assertThat(get(edge, "/health/live")).startsWith("HTTP/1.1 200 ").endsWith("live\n");
      assertThat(get(edge, "/health/ready")).startsWith("HTTP/1.1 200 ").endsWith("ready\n");
      ready.set(false);
      assertThat(get(edge, "/health/ready")).startsWith("HTTP/1.1 503 ");

      get(edge, "/users/1");
      get(edge, "/users/2");
      get(edge, "/made/up/1");
      get(edge, "/made/up/2");
      await().until(() -> edge.running() == 0);

      assertThat(get(edge, "/metrics"))
          .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
          .contains("gateway_requests_seconds_count{outcome=\"answered\","
              + "route=\"GET /users/{id}\",status=\"200\"} 2")
          .contains(
              "gateway_requests_seconds_count{outcome=\"problem\",route=\"none\",status=\"404\"} 2")
          .doesNotContain("made/up");
    }
  }

  @Nested
  class Lines {

    @Test
    void sayWhoDidWhatAndWhatBecameOfIt() throws Exception {
      var out = new ByteArrayOutputStream();
      try (var log = AccessLog.to(out)) {
        var route = Route.of(
                "GET",
                "/a",
                exchange -> exchange.reply(200, HttpFields.EMPTY, "hello".getBytes(UTF_8)))
            .withTerms(Terms.DEFAULT.withAuthenticator(
                exchange -> new Caller.Subject("ada\n\"x", Map.of("secret", 1))));
        try (var edge =
            Edge.open(EdgeOptions.DEFAULT, new CurrentRoutes(RouteTable.of(List.of(route))), log)) {
          get(edge, "/a?password=secret");
          await().until(() -> edge.running() == 0);
        }
      }

      var lines = out.toString(UTF_8).lines().toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst()).doesNotContain("secret");
      var members = JsonMapper.shared()
          .readValue(lines.getFirst(), new TypeReference<Map<String, Object>>() {});
      assertThat(members)
          .extracting(
              "route", "method", "host", "path", "protocol", "client", "caller", "userAgent")
          .containsExactly("GET /a", "GET", "g", "/a", "HTTP/1.1", "127.0.0.1", "ada\n\"x", "a\"b");
      assertThat(members)
          .extracting("status", "outcome", "bytesIn", "bytesOut")
          .containsExactly(200, "ANSWERED", 0, 5);
    }

    @Test
    void areLeftOutWhereTheyCannotBeWritten() throws Exception {
      var isFull = new CountDownLatch(1);
      var stuck = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          try {
            isFull.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      };
      try (var log = AccessLog.to(stuck)) {
        for (var i = 0; i < 10_000; i++) {
          log.ended(ended());
        }

        assertThat(log.dropped()).isBetween(1_700L, 1_900L);
        isFull.countDown();
      }
    }

    private static Ended ended() {
      return new Ended(
          Instant.EPOCH,
          "1",
          null,
          "GET",
          "g",
          "/",
          "HTTP/1.1",
          "127.0.0.1",
          Caller.ANONYMOUS,
          "",
          200,
          0,
          0,
          0,
          Ended.Outcome.ANSWERED);
    }
  }
}
