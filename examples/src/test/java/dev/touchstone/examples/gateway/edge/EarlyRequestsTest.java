package dev.touchstone.examples.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.gateway.RawClient;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not wait for one answer before they send the next request, cut into pieces that
 * arrive at any time: before the connection is watched, while it is, when the answer is just done.
 * Dropping what {@link WatchedEndPoint} reads ahead makes this fail.
 */
class EarlyRequestsTest {

  private static final int CONNECTIONS = 60;
  private static final int REQUESTS = 4;

  @Test
  void areAnsweredOnceEachInTheirOrder() throws Exception {
    var never = new CountDownLatch(1);
    var route = Route.of("POST", "/{millis}/{name}", exchange -> {
      exchange.body().readAllBytes();
      never.await(Integer.parseInt(exchange.parameters().get("millis")), TimeUnit.MILLISECONDS);
      exchange.reply(200, HttpFields.EMPTY, exchange.parameters().get("name").getBytes(UTF_8));
    });
    var wrong = new ArrayList<String>();
    try (var edge = Edge.open(
            EdgeOptions.DEFAULT, new CurrentRoutes(RouteTable.of(List.of(route))), request -> {});
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (var i = 0; i < CONNECTIONS; i++) {
        var random = new Random(i);
        answers.add(clients.submit(() -> converse(edge, random, never)));
      }
      for (var answer : answers) {
        var statusesAndNames = answer.get();
        if (!statusesAndNames.equals("0 1 2 3 ")) {
          wrong.add(statusesAndNames);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  /** Returns the names in the order of the answers. */
  private static String converse(Edge edge, Random random, CountDownLatch never) throws Exception {
    var text = new StringBuilder();
    for (var i = 0; i < REQUESTS; i++) {
      text.append("POST /%d/%d HTTP/1.1\r\nHost: g\r\n%sContent-Length: 3\r\n\r\nabc"
          .formatted(random.nextInt(200), i, i == REQUESTS - 1 ? "Connection: close\r\n" : ""));
    }
    try (var client = RawClient.connect(edge.uri())) {
      for (var from = 0; from < text.length(); ) {
        var to = Math.min(text.length(), from + 1 + random.nextInt(150));
        client.send(text.substring(from, to));
        never.await(random.nextInt(120), TimeUnit.MILLISECONDS);
        from = to;
      }
      var names = new StringBuilder();
      for (var part : client.readAll().split("HTTP/1\\.1 200 OK\r\n", -1)) {
        if (!part.isEmpty()) {
          names.append(part.substring(part.indexOf("\r\n\r\n") + 4)).append(' ');
        }
      }
      return names.toString();
    }
  }
}
