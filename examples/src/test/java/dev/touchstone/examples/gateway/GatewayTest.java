package dev.touchstone.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.gateway.auth.ApiKeys;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.edge.EdgeException;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {

  private final TestBackend backend = new TestBackend();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<String> yaml = new AtomicReference<>("");
  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
    client.close();
    backend.close();
  }

  private void write(String routes) {
    yaml.set(definition("listen: 0", routes));
  }

  private String definition(String head, String routes) {
    return head + "\nadmin: 0\nbackends:\n  api: {url: \"" + backend.url()
        + "\", attempts: 1}\nroutes:\n" + routes.indent(2);
  }

  private Gateway open(String routes) throws IOException {
    write(routes);
    gateway = Gateway.open(() -> GatewayPlan.of(Definitions.parse(yaml.get())), request -> {});
    return gateway;
  }

  private HttpResponse<String> get(URI base, String path, String... fields)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI uri, String... fields)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody());
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static final String HOME = """
      GET /home/{id}:
        calls:
          user: {get: "api/users/{id}", keep: [id]}
          orders: {get: "api/orders?page={query.page}", onError: optional, into: orders}
      """;

  @Test
  void servesAnAggregate() throws Exception {
    backend.json("/users/7", "{\"id\":7,\"x\":1}").json("/orders?page=2", "[1.0]");
    var uri = open(HOME).uri();

    var answer = get(uri, "/home/7?page=2");
    var known = get(
        uri,
        "/home/7?page=2",
        "If-None-Match",
        answer.headers().firstValue("ETag").get());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":7,\"orders\":[1.0]}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }

  @Test
  void tellsWhatIsMissing() throws Exception {
    backend.json("/users/7", "{\"id\":7}").status("/orders", 500);
    var uri = open(HOME).uri();

    var answer = get(uri, "/home/7");
    var missing = get(uri, "/home/8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Partial-Response"))
        .contains("orders;absent;reason=\"the backend answered 500\"");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(missing.body())
        .contains("'user' is not available: the backend answered 404")
        .doesNotContain("nothing here");
  }

  @Test
  void keepsAnswersOfProxiedRoutesUntilTheyAreChanged() throws Exception {
    var count = new AtomicInteger();
    var uri = open("""
            GET /items/{id}: {proxy: api, cache: {shared: 1m}}
            PUT /items/{id}: {proxy: api}
            """).uri();

    assertThat(get(uri, "/items/x").statusCode()).isEqualTo(404);
    backend.on(
        "/items/x", exchange -> TestBackend.json(exchange, "[" + count.incrementAndGet() + "]"));
    assertThat(get(uri, "/items/x").body()).isEqualTo("[1]");
    assertThat(get(uri, "/items/x").body()).isEqualTo("[1]");
    assertThat(get(uri, "/items/x", "Authorization", "Bearer y").body()).isEqualTo("[2]");
    assertThat(get(uri, "/items/x").headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith("touchstone; hit"));

    var put = HttpRequest.newBuilder(uri.resolve("/items/x"))
        .PUT(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
    client.send(put, BodyHandlers.discarding());
    assertThat(get(uri, "/items/x").body()).isEqualTo("[4]");
  }

  @Test
  void givesABackendARestThatFailsOnAProxiedRoute() throws Exception {
    backend.status("/items/x", 503);
    yaml.set("""
        listen: 0
        backends:
          api: {url: "%s", breaker: {failures: 50, of: 4, rest: 1h}}
        routes:
          GET /items/{id}: {proxy: api}
        """.formatted(backend.url()));
    gateway = Gateway.open(() -> GatewayPlan.of(Definitions.parse(yaml.get())), request -> {});
    var uri = gateway.uri();

    for (var i = 0; i < 4; i++) {
      assertThat(get(uri, "/items/x").body()).isEqualTo("secret of the backend"); // as it came
    }
    var refused = get(uri, "/items/x");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("The backend takes no calls at the moment");
    assertThat(backend.requests()).hasSize(4);
    assertThat(gateway.backends().getFirst().breaker()).isEqualTo("open");
  }

  @Test
  void isReloadedUnderLoadWithoutAFailedRequest() throws Exception {
    backend.json("/users/7", "{\"id\":7}").json("/orders", "[]");
    var uri = open(HOME).uri();
    var admin = gateway.adminUri().orElseThrow();
    var failures = new CopyOnWriteArrayList<String>();
    var answered = new AtomicInteger();
    var isOver = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 8; i++) {
        threads.execute(() -> {
          while (!isOver.get()) {
            try {
              var answer = get(uri, "/home/7");
              if (answer.statusCode() == 200 && answer.body().startsWith("{\"id\":7")) {
                answered.incrementAndGet();
              } else {
                failures.add(answer.statusCode() + answer.body());
              }
            } catch (IOException | InterruptedException e) {
              failures.add(e.toString());
            }
          }
        });
      }
      for (var i = 0; i < 20; i++) {
        var seen = answered.get();
        write(HOME + "GET /extra" + i + ": {proxy: api}\n");
        assertThat(post(admin.resolve("/admin/reload")).statusCode()).isEqualTo(200);
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> answered.get() > seen + 5 || !failures.isEmpty());
      }
      isOver.set(true);
    }

    assertThat(failures).isEmpty();
    assertThat(gateway.plan().routes()).hasSize(2);
    assertThat(get(uri, "/extra19").statusCode()).isEqualTo(404);
  }

  @Test
  void goesOnWithTheOldDefinitionIfTheNewOneCannotBeServed() throws Exception {
    backend.json("/users/7", "{\"id\":7}").json("/orders", "[]");
    var uri = open(HOME).uri();
    var admin = gateway.adminUri().orElseThrow();

    write("GET /home/{id}: {calls: {user: {get: \"apy/users/{id}\"}}}");
    var refused = post(admin.resolve("/admin/reload"));
    yaml.set(definition("listen: 1", HOME));
    var restart = post(admin.resolve("/admin/reload"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("'apy' is not known here; did you mean 'api'?");
    assertThat(restart.body())
        .contains("'listen' was 127.0.0.1:0 and would be 127.0.0.1:1, which takes a restart");
    assertThat(get(uri, "/home/7").statusCode()).isEqualTo(200);
    assertThatExceptionOfType(RestartNeededException.class).isThrownBy(gateway::reload);
    write("nonsense: 1");
    assertThatExceptionOfType(YamlException.class).isThrownBy(gateway::reload);
  }

  @Test
  void isReloadedWhenTheFileChanges(@TempDir Path folder) throws Exception {
    var file = folder.resolve("gateway.yaml");
    write(HOME);
    Files.writeString(file, yaml.get());
    gateway = Gateway.open(() -> GatewayPlan.of(GatewayDefinition.read(file)), request -> {});
    var reports = new CopyOnWriteArrayList<String>();
    var watch = DefinitionWatch.start(gateway, file, Duration.ofMillis(10), reports::add);
    try {
      Files.writeString(file, yaml.get() + "  GET /b: {proxy: api}\n");
      await().until(() -> reports.contains("+ route GET /b"));
      Files.writeString(file, "routes: {}");
      await()
          .until(() -> reports.stream()
              .anyMatch(line -> line.startsWith("The old definition goes on: ")
                  && line.endsWith(":1:1: 'backends' is missing here")));
    } finally {
      watch.close();
    }

    assertThat(gateway.plan().routes()).hasSize(2);
  }

  /* The source stands for plugins: whatever they throw is no end of the watch, nor of what is served. */
  @Test
  void isWatchedOnWhateverAReloadThrows(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("gateway.yaml"), "1");
    write(HOME);
    var isBroken = new AtomicBoolean();
    gateway = Gateway.open(
        () -> {
          if (isBroken.get()) {
            throw new IllegalStateException("the plugin is broken");
          }
          return GatewayPlan.of(Definitions.parse(yaml.get()));
        },
        request -> {});
    var reports = new CopyOnWriteArrayList<String>();
    try (var watch = DefinitionWatch.start(gateway, file, Duration.ofMillis(10), reports::add)) {
      isBroken.set(true);
      Files.writeString(file, "2");
      await().until(() -> reports.contains("The old definition goes on: the plugin is broken"));
      assertThat(gateway.lastReload().flatMap(LastReload::error)).contains("the plugin is broken");

      isBroken.set(false);
      write(HOME + "GET /b: {proxy: api}\n");
      Files.writeString(file, "3");
      await().until(() -> reports.contains("+ route GET /b"));
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void isNotWatchedWithoutAPause() throws Exception {
    open(HOME);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DefinitionWatch.start(gateway, Path.of("none"), Duration.ZERO, line -> {}))
        .withMessage("period must be positive, was PT0S");
  }

  @Test
  void isNotOpenedWhereItsPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      yaml.set(definition("listen: " + port, HOME));

      assertThatExceptionOfType(EdgeException.class)
          .isThrownBy(() ->
              Gateway.open(() -> GatewayPlan.of(Definitions.parse(yaml.get())), request -> {}))
          .withMessageStartingWith("127.0.0.1:" + port + " is taken or may not be used");
    }
  }

  @Test
  void countsRoutesApartHoweverAlikeTheyAreCalled() throws Exception {
    backend.json("/a/b", "1").json("/a-b", "2");
    var uri = open("""
            GET /a/b: {proxy: api, limit: {per: route, 1: 1h}}
            GET /a-b: {proxy: api, limit: {per: route, 1: 1h}}
            """).uri();

    assertThat(get(uri, "/a/b").statusCode()).isEqualTo(200);
    assertThat(get(uri, "/a-b").statusCode()).isEqualTo(200);
    assertThat(get(uri, "/a-b").statusCode()).isEqualTo(429);
  }

  @Test
  void showsNoSecretsOfAddressesToThoseWhoLookAfterIt() throws Exception {
    open("GET /x: {calls: {user: {get: \"api/users?api_key=geheim&page=1\"}}}");

    assertThat(get(gateway.adminUri().orElseThrow(), "/admin/state").body())
        .contains("GET api/users?api_key=***&page=1")
        .doesNotContain("geheim");
  }

  @Test
  void letsInWhoMayCallAndGoesOnCountingThroughAReload() throws Exception {
    backend.json("/users/7", "{\"id\":7}");
    var routes = """
        GET /users/{id}: {calls: {user: {get: "api/users/{id}"}}, auth: key, limit: {2: 1h}}
        """;
    var head = "listen: 0\nauth: {keys: {shop: {sha256: %s}}}".formatted(ApiKeys.hash("k"));
    yaml.set(definition(head, routes));
    gateway = Gateway.open(() -> GatewayPlan.of(Definitions.parse(yaml.get())), request -> {});
    var uri = gateway.uri();

    assertThat(get(uri, "/users/7").statusCode()).isEqualTo(401);
    assertThat(get(uri, "/users/7", "X-Api-Key", "k").statusCode()).isEqualTo(200);
    yaml.set(definition(head, routes + "GET /b: {proxy: api}\n"));
    gateway.reload();
    assertThat(get(uri, "/users/7", "X-Api-Key", "k").statusCode()).isEqualTo(200);
    assertThat(get(uri, "/users/7", "X-Api-Key", "k").statusCode()).isEqualTo(429);
  }

  @Test
  void tellsThoseWhoLookAfterItWhatItDoes() throws Exception {
    backend.json("/users/7", "{\"id\":7}").json("/orders", "[]");
    var uri = open(HOME).uri();
    var admin = gateway.adminUri().orElseThrow();
    get(uri, "/home/7");
    get(uri, "/home/8");

    var state = get(admin, "/admin/state").body();

    assertThat(state)
        .contains("\"breaker\":\"closed\"")
        .contains("\"name\":\"GET /home/{id}\"")
        .contains("\"outcome\":\"COMPLETE\"")
        .contains(
            "\"name\":\"user\",\"outcome\":\"FAILED\",\"reason\":\"the backend answered 404\"")
        .contains("\"status\":200");
    assertThat(get(admin, "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(admin, "/metrics").body()).contains("GET /home/{id}");
    assertThat(get(uri, "/admin/state").statusCode()).isEqualTo(404);
    assertThat(post(admin.resolve("/admin/reload"), "Origin", "http://evil.example")
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void countsProxiedRequestsByTheirRouteWhateverStrangersAskFor() throws Exception {
    backend.json("/files/a", "1").json("/files/b", "2");
    var uri = open("GET /files/{path*}: {proxy: api/files}").uri();
    get(uri, "/files/a");
    get(uri, "/files/b");

    var metrics = get(gateway.adminUri().orElseThrow(), "/metrics").body();

    assertThat(metrics.lines().filter(line -> line.startsWith("apiclient_calls_seconds_count")))
        .singleElement()
        .asString()
        .contains("template=\"/files/{path*}\"")
        .endsWith(" 2");
  }
}
