package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class GatewayCommandTest {

  private static final String SHOP = "../docs/gateway-shop.yaml";

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = new String[arguments.length + 1];
    line[0] = "gateway";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return new CommandLineInterface(new PrintWriter(out), new PrintWriter(err)).run(line);
  }

  private String write(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml).toString();
  }

  @Test
  void checksADefinition() throws IOException {
    assertThat(run("check", SHOP)).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith(SHOP + " is fine: 4 backends, 3 routes");

    var wrong =
        write("g.yaml", "backends: {a: {url: \"http://x\"}}\nroutes:\n  GET /x: {proxy: b}");
    assertThat(run("check", wrong)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("touchstone: " + wrong + ":3:19: 'b' is not known here; did you mean 'a'?");

    assertThat(run("check")).isEqualTo(2);
    assertThat(run("check", folder.resolve("none").toString())).isEqualTo(1);
  }

  @Test
  void printsTheSchema() {
    assertThat(run("check", "--schema")).isZero();
    assertThat(JsonMapper.shared().readTree(out.toString()).has("$defs")).isTrue();
  }

  @Test
  void listsRoutes() {
    assertThat(run("routes", SHOP)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "GET /users/{id}/home   user, orders -> team, items [cached]",
            "GET /users/{id}        user",
            "GET /products/{path*}  proxy products [cached]");
  }

  @Test
  void explainsARequest() {
    assertThat(run("explain", SHOP, "get", "/users/7/home")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "GET /users/{id}/home",
            "  id = 7",
            "  deadline 800 ms",
            "  1000 requests in 60 s for each address",
            "  at once:",
            "    user: GET users/7, required",
            "    orders: GET orders?user=7, an older value if it fails",
            "  as soon as what they need is there:",
            "    team: GET teams/{user.teamId}, a default if it fails",
            "    items: GET products/{item} for each of orders[*].productId, left out if it fails",
            "  merged in this order: user, orders, team, items");

    assertThat(run("explain", SHOP, "POST", "/users/7")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("touchstone: /users/7 is not for POST, but for GET, HEAD");
    assertThat(run("explain", SHOP, "GET", "/nowhere")).isEqualTo(1);
    for (var path : List.of("nowhere", "/users/7?page=1", "/users/%zz")) {
      assertThat(run("explain", SHOP, "GET", path)).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("touchstone: PATH must begin with a slash and be percent-encoded, without a"
              + " query, was '" + path + "'");
    }
  }

  @Test
  void tellsWhatADefinitionWouldChange() throws IOException {
    var old = write("old.yaml", """
        backends: {a: {url: "http://x", headers: {K: secret}}, b: {url: "http://y"}}
        routes:
          GET /1: {calls: {u: {get: a}, v: {get: b, into: v}}}
          GET /2: {proxy: a}
        """);
    var next = write("new.yaml", """
        listen: 9000
        backends: {a: {url: "http://x", timeout: 1s, headers: {K: other}}}
        routes:
          GET /1: {calls: {u: {get: "a/1"}}, deadline: 1s}
          GET /3: {proxy: a}
        """);

    assertThat(run("plan", old, old)).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(run("plan", old, next)).isZero();
    assertThat(out.toString().lines())
        .contains(
            "~ listen: 127.0.0.1:8080 -> 127.0.0.1:9000",
            "~ backend a timeout: PT2S -> PT1S",
            "~ backend a headers",
            "- backend b",
            "~ route GET /1 deadline: PT5S -> PT1S",
            "- call of GET /1 v",
            "+ route GET /3",
            "- route GET /2");
    assertThat(out.toString()).doesNotContain("secret").doesNotContain("other");
  }

  /* Whatever makes the gateway behave in another way is told, and nothing that may be a secret. */
  @Test
  void tellsOfEverythingThatADefinitionWouldChange() throws IOException {
    var old = write("old.yaml", """
        gateway: one
        auth:
          jwt: {jwks: "http://i/1", issuer: i, audience: a}
          keys: {shop: {sha256: %s}}
        backends: {a: {url: "http://x"}}
        routes:
          GET /{id}:
            limit: {5: 1s, tiers: {gold: {50: 1s}}}
            auth: key
            calls:
              u: {get: "a/{id}?api_key=geheim", onError: optional, into: u}
              v: {post: a, body: {token: geheim}, keep: [x], into: v}
              w: {get: a, forEach: "u[*].x", onError: default, default: geheim, into: w}
        """.formatted("a".repeat(64)));
    var next = write("new.yaml", """
        gateway: two
        auth:
          jwt: {jwks: "http://i/2", issuer: i, audience: b}
          keys: {shop: {sha256: %s, tier: gold}}
        backends: {a: {url: "http://x"}}
        routes:
          GET /{id}:
            limit: {5: 1s, tiers: {gold: {60: 1s}}}
            auth: key
            calls:
              v: {post: a, body: {token: geheimer}, keep: [x, y], into: v}
              u: {get: "a/{id}?api_key=geheimer", onError: stale, into: u}
              w: {get: a, forEach: "u[*].x", max: 5, onError: default, default: geheimer, into: w}
        """.formatted("a".repeat(64)));

    assertThat(run("plan", old, next)).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "~ gateway: one -> two",
            "~ jwt: i for a, keys at http://i/1 -> i for b, keys at http://i/2",
            "~ keys",
            "~ route GET /{id} limit: CALLER Quota[requests=5, time=PT1S] {gold=Quota[requests=50,"
                + " time=PT1S]} -> CALLER Quota[requests=5, time=PT1S] {gold=Quota[requests=60,"
                + " time=PT1S]}",
            "~ route GET /{id} call v body",
            "~ route GET /{id} call v keep: [x] -> [x, y]",
            "~ route GET /{id} call u address",
            "~ route GET /{id} call u onError: optional -> stale PT10M",
            "~ route GET /{id} call w forEach: ForEach[over=u[*].x, max=50, parallel=8] ->"
                + " ForEach[over=u[*].x, max=5, parallel=8]",
            "~ route GET /{id} call w onError",
            "~ route GET /{id} order of calls: [u, v, w] -> [v, u, w]");
  }

  @Test
  void describesRoutesForClients() {
    assertThat(run("openapi", SHOP, "--server", "https://shop.example")).isZero();
    var api = JsonMapper.shared().readTree(out.toString());
    assertThat(api.at("/servers/0/url").stringValue()).isEqualTo("https://shop.example");
    assertThat(api.get("paths")).hasSize(3);
  }

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    var file = write(
        "g.yaml",
        "listen: 0\nadmin: 0\nbackends: {a: {url: \"http://127.0.0.1:1\"}}\n"
            + "routes: {GET /x: {calls: {u: {get: a, onError: default, default: {a: 1}}}}}");
    var log = folder.resolve("access.log");
    var status = new AtomicInteger(-1);
    var command = Thread.startVirtualThread(
        () -> status.set(run("run", file, "--access-log", log.toString())));
    var uri = Pattern.compile("Serving at (\\S+)");
    await().until(() -> uri.matcher(err.toString()).find());
    var found = uri.matcher(err.toString());
    assertThat(found.find()).isTrue();

    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(found.group(1)).resolve("/x")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"a\":1}");
    }
    command.interrupt();
    command.join();

    assertThat(status).hasValue(130);
    assertThat(err.toString()).contains("Administration at http://127.0.0.1:", "Stopped.");
    assertThat(Files.readString(log)).contains("\"path\":\"/x\"");
  }

  @Test
  void showsWhatItDoesIfItIsToldTo() throws Exception {
    var file = write(
        "g.yaml",
        "listen: 0\nbackends: {a: {url: \"http://127.0.0.1:1\"}}\n"
            + "routes: {GET /x: {calls: {u: {get: a, onError: default, default: {a: 1}}}}}");
    var command = Thread.startVirtualThread(() -> run("run", file, "--dashboard"));
    var address = Pattern.compile("Dashboard: (\\S+)\\?token=(\\S+)");
    await().until(() -> address.matcher(err.toString()).find());
    var found = address.matcher(err.toString());
    assertThat(found.find()).isTrue();

    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(found.group(1)).resolve("/routes"))
          .header("Authorization", "Bearer " + found.group(2))
          .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("GET /x");
    }
    command.interrupt();
    command.join();
  }
}
