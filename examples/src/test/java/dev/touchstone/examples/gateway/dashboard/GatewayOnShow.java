package dev.touchstone.examples.gateway.dashboard;

import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.gateway.Definitions;
import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.TestBackend;
import dev.touchstone.examples.gateway.auth.ApiKeys;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A gateway with its dashboard, in front of a backend some of whose texts are programs. */
final class GatewayOnShow implements AutoCloseable {

  static final String KEY = "key-of-a-caller";
  static final String ATTACK = "<script>window.hacked=1</script><img src=x onerror=hacked=1>";
  static final String HOME = "GET /users/{id}/home";

  private static final String ROUTES = """
      routes:
        GET /users/{id}/home:
          deadline: 20s
          calls:
            user: {get: "users/{id}", keep: [id, name]}
            orders: {get: "orders?user={id}&status=open", onError: stale, into: orders}
            team: {get: "teams/{user.teamId}", onError: default, default: null, into: team}
            items: {forEach: "orders[*].productId", get: "products/{item}", onError: optional, into: products}
        GET /users/{id}: {calls: {user: {get: "users/{id}"}}, cache: {shared: 1h}}
        GET /keyed:
          calls: {user: {get: "users/7?api_key=secret-of-a-query"}}
          auth: key
          limit: {per: caller, 2: 1h, tiers: {gold: {1000: 1h}}}
        GET /products/{path*}: {proxy: products}
        POST /orders: {proxy: orders}
      """;

  private final TestBackend backend = new TestBackend();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Traffic traffic = new Traffic();
  private final Gateway gateway;
  private final GatewayDashboard dashboard;
  private String routes = ROUTES;
  private long requests;

  GatewayOnShow() {
    backend
        .json("/users/7", "{\"id\":7,\"name\":\"Ada\",\"teamId\":3,\"password\":\"x\"}")
        .json("/teams/3", "{\"id\":3,\"name\":\"Analysts\"}")
        .json("/orders", "[{\"id\":501,\"productId\":\"pen\"},{\"id\":502,\"productId\":\"ink\"}]")
        .json("/products/pen", "{\"title\":\"A pen\",\"price\":1.50}")
        .json("/products/ink", "{\"title\":\"Ink\",\"price\":12.00}")
        .on("/products/evil", exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=secret-of-a-cookie");
          TestBackend.send(exchange, 200, "text/html", ATTACK);
        });
    try {
      gateway = Gateway.open(() -> GatewayPlan.of(Definitions.parse(definition())), traffic);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dashboard = GatewayDashboard.open(gateway, traffic, 0);
  }

  private String definition() {
    return """
        gateway: shop
        listen: 0
        auth: {keys: {till: {sha256: %2$s}}}
        backends:
          users: {url: "%1$s/users", headers: {Authorization: "Bearer secret-of-a-backend"}}
          teams: {url: "%1$s/teams", attempts: 1}
          orders: {url: "%1$s/orders", attempts: 1, breaker: {failures: 50, of: 4, rest: 1h}}
          products: {url: "%1$s/products", concurrency: 32}
        """.formatted(backend.url(), ApiKeys.hash(KEY)) + routes;
  }

  TestBackend backend() {
    return backend;
  }

  Gateway gateway() {
    return gateway;
  }

  GatewayDashboard dashboard() {
    return dashboard;
  }

  /** Lets the backend of orders fail with a text that is a program. */
  void failOrders() {
    backend.on(
        "/orders",
        exchange -> TestBackend.send(
            exchange, 500, "application/problem+json", "{\"title\":\"" + ATTACK + "\"}"));
  }

  /** Changes what the definition says of routes; for the next reload. */
  void write(String text) {
    routes = text;
  }

  void addRoute(String route) {
    routes = ROUTES + "  " + route + "\n";
  }

  /** Sends a request through the gateway, and waits until it is over there, too. */
  HttpResponse<String> get(String path, String... fields) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(gateway.uri().resolve(path));
    if (fields.length > 0) {
      request.headers(fields);
    }
    var answer = client.send(request.build(), BodyHandlers.ofString());
    awaitRequest();
    return answer;
  }

  /** Waits until one more request is over. */
  void awaitRequest() {
    requests++;
    await().until(() -> traffic.figures().requests() >= requests);
  }

  /** Asks the dashboard, as a program that has the token. */
  HttpResponse<String> page(String path) throws IOException, InterruptedException {
    return client.send(toDashboard(path).build(), BodyHandlers.ofString());
  }

  /** Sends a form to the dashboard. */
  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    var request = toDashboard(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder toDashboard(String path) {
    var server = dashboard.server();
    URI address = server.uri().resolve(path);
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + server.token());
  }

  @Override
  public void close() {
    dashboard.close();
    gateway.close();
    client.close();
    backend.close();
  }
}
