package dev.touchstone.examples.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.gateway.RawClient;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class SnippetsTest {

  @Test
  void edge() throws Exception {
    // @start region="edge"
    var hello = Route.of(
        "GET",
        "/hello/{name}",
        exchange -> exchange.reply(
            200, HttpFields.EMPTY, exchange.parameters().get("name").getBytes(UTF_8)));
    var routes = new CurrentRoutes(RouteTable.of(List.of(hello)));
    var edge = Edge.open(EdgeOptions.DEFAULT, routes, request -> {});
    // @end
    try (edge) {
      assertThat(RawClient.exchange(
              edge.uri(), "GET /hello/you HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n"))
          .endsWith("you");
    }
  }
}
