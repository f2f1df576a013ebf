package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.gateway.Definitions;
import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.TestBackend;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jar adds a filter to the routes of a gateway, which serves while it is replaced. */
class GatewayFiltersTest {

  private final TestBackend backend = new TestBackend();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir
  private Path folder;

  private Workbench workbench;

  @BeforeEach
  void open() {
    backend.json("/users/7", "{\"id\":7}");
    workbench = Workbench.open(PluginHome.at(folder.resolve("home")));
  }

  @AfterEach
  void close() {
    client.close();
    backend.close();
    workbench.close();
  }

  private GatewayPlan plan(String filters) {
    var definition = Definitions.parse("""
        listen: 0
        backends: {users: {url: "%s", attempts: 1}}
        routes:
          GET /users/{id}:
            proxy: users
            filters: %s
        """.formatted(backend.url(), filters));
    return GatewayPlan.of(definition, GatewayFilters.of(() -> workbench));
  }

  private Gateway gateway(String filters) throws IOException {
    return Gateway.open(() -> plan(filters), request -> {});
  }

  private HttpResponse<String> get(Gateway gateway) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(gateway.uri().resolve("/users/7")).build(), BodyHandlers.ofString());
  }

  @Test
  void addTheirFieldsToWhateverTheAnswerIs() throws Exception {
    try (var gateway = gateway("[headers: {X-Frame-Options: DENY, X-Version: 2}]")) {
      var answer = get(gateway);
      backend.status("/users/7", 404);
      var missing = get(gateway);

      assertThat(answer.body()).isEqualTo("{\"id\":7}");
      assertThat(List.of(answer, missing))
          .extracting(HttpResponse::statusCode)
          .containsExactly(200, 404);
      assertThat(List.of(answer, missing)).allSatisfy(each -> {
        assertThat(each.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(each.headers().allValues("X-Version")).containsExactly("2");
      });
    }
  }

  @Test
  void answerThemselvesWithoutTheRoute() throws Exception {
    var closed = folder.resolve("closed");
    try (var gateway = gateway(
        "[headers: {X-First: yes}, maintenance: {file: '%s', retryAfter: 5}]".formatted(closed))) {
      assertThat(get(gateway).statusCode()).isEqualTo(200);
      Files.createFile(closed);
      var asked = backend.requests().size();

      var refused = get(gateway);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("5");
      assertThat(refused.headers().firstValue("X-First")).contains("yes"); // it stands before
      assertThat(backend.requests()).hasSize(asked);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      [haeders: {A: b}]                  | 'haeders' is not known here; did you mean 'headers'?
      [headers]                          | expected fields such as {headers: {X-Frame-Options: DENY}}, found none
      [headers: {'a b': c}]              | expected the name of a field such as X-Frame-Options, found 'a b'
      [headers: {Content-Length: 7}]     | the server itself writes Content-Length; remove it
      [headers: {A: "b\\r\\nEvil: yes"}] | expected a line of ASCII for A
      [maintenance]                      | maintenance takes the name of a file: {maintenance: {file: closed}}
      [maintenance: {fiel: x}]           | maintenance has the options file and retryAfter (seconds), found 'fiel'
      [maintenance: {file: x, retryAfter: soon}] | expected a number of seconds as retryAfter, found 'soon'
      [{headers: {A: b}, maintenance: {file: x}}] | expected the name of a filter, or one with options
      """)
  void areCheckedWithTheDefinition(String filters, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> plan(filters))
        .withMessageStartingWith("gateway.yaml:6:")
        .withMessageContaining(problem);
  }

  @Test
  void comeWithAJarThatIsDroppedInWhileTheGatewayRuns() throws Exception {
    var filters = new ArrayList<>(List.of("[headers: {A: b}]"));
    try (var gateway = Gateway.open(() -> plan(filters.getLast()), request -> {})) {
      filters.add("[teapot]");
      assertThatExceptionOfType(YamlException.class).isThrownBy(gateway::reload);
      assertThat(get(gateway).statusCode()).isEqualTo(200);
      var plugins = Files.createDirectories(workbench.home().folder().resolve("plugins"));
      var jar = teapot().writeTo(plugins.resolve("teapot.jar"));
      workbench.trust().allow(jar);

      gateway.reload();

      assertThat(get(gateway).statusCode()).isEqualTo(418);
    }
  }

  @Test
  void areReplacedWhileRequestsAreUnderWay() throws Exception {
    var arrived = new CountDownLatch(20);
    var answer = new CountDownLatch(1);
    backend.on("/users/7", exchange -> {
      arrived.countDown();
      answer.await();
      exchange.sendResponseHeaders(204, -1);
    });
    var jar = stamp("1.0.0").writeTo(folder.resolve("stamp-1.jar"));
    var next = stamp("2.0.0").writeTo(folder.resolve("stamp-2.jar"));
    workbench.load();
    workbench.trust().allow(jar);
    workbench.trust().allow(next);
    workbench.install(jar);
    try (var gateway = gateway("[stamp]");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (var request = 0; request < arrived.getCount(); request++) {
        answers.add(threads.submit(() -> get(gateway)));
      }
      arrived.await();
      var replaced = threads.submit(() -> workbench.replace(next));
      while (!active().contains("stamp 2.0.0")) {
        Thread.onSpinWait();
      }
      answer.countDown();

      assertThat(replaced.get())
          .isInstanceOfSatisfying(
              ReplaceReport.Replaced.class,
              report -> PluginAssertions.assertReclaimed(report.unloaded()));
      for (var each : answers) {
        assertThat(each.get().statusCode()).isEqualTo(204);
        assertThat(each.get().headers().firstValue("X-Stamp")).contains("1.0.0");
      }
      assertThat(get(gateway).headers().firstValue("X-Stamp")).contains("2.0.0");
    }
  }

  private List<String> active() {
    return workbench.host().plugins().stream()
        .map(status -> status.plugin().toString())
        .toList();
  }

  private static PluginJar teapot() {
    return filter("teapot", "1.0.0", """
        throw new ProblemException(Problem.of(418, "It is a teapot."));
        """);
  }

  private static PluginJar stamp(String version) {
    return filter("stamp", version, """
        exchange.promise("X-Stamp", "%s");
        next.handle(exchange);
        """.formatted(version));
  }

  private static PluginJar filter(String name, String version, String body) {
    return PluginJar.of(name, version)
        .source(name + ".Stands", """
            package %1$s;
            import dev.touchstone.examples.gateway.route.*;
            import java.util.Map;
            public class Stands implements RequestFilter {
              public String name() { return "%1$s"; }
              public String about() { return "stands before a route"; }
              public void check(Map<String, String> options) {}
              public void filter(Exchange exchange, Map<String, String> options, RouteHandler next)
                  throws ProblemException, java.io.IOException, InterruptedException {
                %2$s
              }
            }
            """.formatted(name, body))
        .extension("dev.touchstone.examples.gateway.route.RequestFilter", name + ".Stands");
  }
}
