package dev.touchstone.examples.gateway.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.Definitions;
import dev.touchstone.examples.gateway.TestBackend;
import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import dev.touchstone.examples.gateway.backend.Backends;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatorTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final TestBackend server = new TestBackend();
  private final List<Backends> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Backends::close);
    server.close();
  }

  private Aggregator aggregator(String route) {
    return aggregator(route, "attempts: 1");
  }

  private Aggregator aggregator(String route, String options) {
    return aggregator(Definitions.parse("""
        backends:
          api: {url: "%s", timeout: 10m, %s}
          dead: {url: "http://127.0.0.1:1", attempts: 1}
        routes:
          GET /x/{id}:
        """.formatted(server.url(), options) + route.indent(4)));
  }

  private Aggregator aggregator(GatewayDefinition definition) {
    var backends = Backends.open(definition.backends().values(), CallObserver.none());
    opened.add(backends);
    return new Aggregator(
        Definitions.plan(definition),
        backends,
        new StaleValues(1_000_000, TimeSource.system()),
        TimeSource.system());
  }

  private static Inputs inputs() {
    var id = new Reference("id", List.of());
    return new Inputs("r1", "/x/7", Map.of(id, new JsonText("7")), Map.of("accept-language", "de"));
  }

  private static Answer answer(Aggregator aggregator, Duration time) throws Exception {
    return aggregator.answer(inputs(), HttpFields.EMPTY, Deadline.after(time, TimeSource.system()));
  }

  private static String body(Aggregator aggregator) throws Exception {
    return text(answer(aggregator, LONG));
  }

  private static String text(Answer answer) {
    return new String(answer.body(), UTF_8);
  }

  private static void assertProblem(Aggregator aggregator, int status, String detail) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> answer(aggregator, LONG))
        .satisfies(e -> {
          assertThat(e.problem().detail()).isEqualTo(detail);
          assertThat(e.problem().status()).isEqualTo(status);
        });
  }

  @Test
  void followsReferences() throws Exception {
    server
        .json("/users/7", "{\"id\":7,\"name\":\"Ada\",\"teamId\":3.0,\"secret\":1}")
        .json(
            "/orders?user=7", "[{\"p\":\"x/y\"},{\"p\":2},{\"p\":\"x/y\"},{\"q\":1},{\"p\":null}]")
        .json("/teams/3.0", "{\"id\":3,\"name\":\"Red\"}")
        .json("/items/x%2Fy", "{\"price\":1.10}")
        .json("/items/2", "{\"price\":2e400}");

    var body = body(aggregator("""
        calls:
          items: {forEach: "orders[*].p", get: "api/items/{item}", into: items}
          user: {get: "api/users/{id}", keep: [name, id], rename: {name: fullName}}
          orders: {get: "api/orders?user={id}&page={query.page}", into: orders, drop: [q]}
          team: {get: "api/teams/{user.teamId}", into: team}
        """));

    assertThat(body)
        .isEqualTo("{\"items\":[{\"price\":1.10},{\"price\":2e400}],\"fullName\":\"Ada\",\"id\":7,"
            + "\"orders\":[{\"p\":\"x/y\"},{\"p\":2},{\"p\":\"x/y\"},{},{\"p\":null}],"
            + "\"team\":{\"id\":3,\"name\":\"Red\"}}");
  }

  @Test
  void sendsTypedValuesInBodies() throws Exception {
    server
        .json("/users/7", "{\"id\":7,\"tags\":[\"a\"]}")
        .on(
            "/search",
            exchange -> TestBackend.json(
                exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));

    var body = body(aggregator("""
        calls:
          user: {get: "api/users/{id}", into: user}
          found: {post: "api/search", body: {by: "{user.id}", tags: "{user.tags}", id: "{id}", not: "{user.none}", text: "a {b}"}, into: found}
        """));

    assertThat(body)
        .endsWith(
            "\"found\":{\"by\":7,\"tags\":[\"a\"],\"id\":\"7\",\"not\":null,\"text\":\"a {b}\"}}");
  }

  @Test
  void passesTheBytesOfASingleCallOnUntouched() throws Exception {
    var strange = "  {\"a\" : 1.50, \"a\":2,\r\n \"b\":\"\\u00e9\"} ";
    server.json("/users/7", strange);

    assertThat(body(aggregator("calls: {user: {get: \"api/users/{id}\"}}"))).isEqualTo(strange);
  }

  @Test
  void tellsBackendsWhatTheyNeedToKnow() throws Exception {
    var fields = new ConcurrentHashMap<String, List<String>>();
    server.on("/users/7", exchange -> {
      fields.putAll(exchange.getRequestHeaders());
      TestBackend.json(exchange, "{}");
    });

    body(aggregator("calls: {user: {get: \"api/users/{id}\"}}", "headers: {X-Token: geheim}"));

    assertThat(fields)
        .containsEntry("X-request-id", List.of("r1"))
        .containsEntry("Accept-language", List.of("de"))
        .containsEntry("X-token", List.of("geheim"));
    assertThat(Long.parseLong(fields.get("X-request-deadline-ms").getFirst()))
        .isBetween(1L, LONG.toMillis());
  }

  /** All answers are held back, and let go in another order each time. */
  @RepeatedTest(10)
  void isTheSameToTheByteWhateverTheOrderOfAnswers(RepetitionInfo repetition) throws Exception {
    var gates = new ArrayList<CountDownLatch>();
    for (var i = 0; i < 4; i++) {
      var gate = new CountDownLatch(1);
      var number = i;
      gates.add(gate);
      server.on("/part" + i, exchange -> {
        gate.await();
        TestBackend.json(
            exchange,
            "{\"last\":%d,\"list\":[%d],\"m%d\":{\"x\":%d}}"
                .formatted(number, number, number, number));
      });
    }
    var aggregator =
        aggregator("""
        merge: %s
        calls:
          p0: {get: "api/part0"}
          p1: {get: "api/part1"}
          p2: {get: "api/part2"}
          p3: {get: "api/part3"}
        """.formatted(repetition.getCurrentRepetition() % 2 == 0 ? "last" : "append"));
    var order = new ArrayList<>(gates);
    Collections.shuffle(order, new Random(repetition.getCurrentRepetition()));
    var releaser = Thread.startVirtualThread(() -> {
      await().until(() -> server.requests().size() == 4);
      order.forEach(CountDownLatch::countDown);
    });

    var body = body(aggregator);

    releaser.join();
    assertThat(body)
        .isEqualTo(
            repetition.getCurrentRepetition() % 2 == 0
                ? "{\"last\":3,\"list\":[3],\"m0\":{\"x\":0},\"m1\":{\"x\":1},\"m2\":{\"x\":2},\"m3\":{\"x\":3}}"
                : "{\"last\":[0,1,2,3],\"list\":[0,1,2,3],\"m0\":{\"x\":0},\"m1\":{\"x\":1},\"m2\":{\"x\":2},\"m3\":{\"x\":3}}");
  }

  @Nested
  class OfARequiredCall {

    @ParameterizedTest
    @CsvSource({
      "404, 404, the backend answered 404",
      "410, 404, the backend answered 410",
      "400, 502, the backend answered 400",
      "401, 502, the backend answered 401",
      "302, 502, the backend answered 302",
      "500, 502, the backend answered 500",
      "503, 502, the backend answered 503",
      "504, 504, the backend answered 504",
      "429, 503, the backend answered 429",
    })
    void aFailureIsThatOfTheRequest(int status, int mine, String reason) {
      server.status("/users/7", status).json("/more", "{}");

      assertProblem(
          aggregator("calls: {user: {get: \"api/users/{id}\"}, more: {get: api/more}}"),
          mine,
          "'user' is not available: " + reason);
    }

    @Test
    void whatAnotherBackendNamedIsNotTheClientsFault() {
      server.json("/users/7", "{\"team\":9}").status("/teams/9", 404);

      assertProblem(aggregator("""
              calls:
                user: {get: "api/users/{id}"}
                team: {get: "api/teams/{user.team}", into: team}
              """), 502, "'team' is not available: the backend answered 404");
    }

    @Test
    void aReferenceThatLeadsNowhereIsAFailure() {
      server.json("/users/7", "{\"team\":null}");

      assertProblem(
          aggregator("""
              calls:
                user: {get: "api/users/{id}"}
                team: {get: "api/teams/{user.team}", into: team}
              """),
          502,
          "'team' is not available: there is no text or number for {user.team}");
    }

    @Test
    void malformedAnswersAreFailures() {
      server.json("/users/7", "{\"a\":").json("/list", "[1]").breaksOff("/cut");
      var two = "calls: {user: {get: \"api/%s\"}, more: {get: \"api/list\", into: more}}";

      assertProblem(
          aggregator(two.formatted("users/{id}")),
          502,
          "'user' is not available: the answer is not JSON");
      assertProblem(
          aggregator(two.formatted("list")),
          502,
          "'user' is not available: the answer is no object, and has no members to merge; 'into' gives"
              + " it a name");
      assertProblem(
          aggregator(two.formatted("cut")),
          502,
          "'user' is not available: the backend cannot be reached");
    }

    @Test
    void aDeadBackendIsAFailure() {
      assertProblem(
          aggregator("calls: {user: {get: \"dead/{id}\"}}"),
          502,
          "'user' is not available: the backend cannot be reached");
    }

    /** The other one would be waited for until the test fails. */
    @Test
    void aFailureEndsTheOthers() {
      server.hangs("/slow").on("/users/7", exchange -> {
        await().until(() -> server.requests().contains("GET /slow"));
        TestBackend.send(exchange, 500, "text/plain", "");
      });

      assertProblem(aggregator("""
              calls:
                slow: {get: "api/slow", into: slow}
                user: {get: "api/users/{id}"}
                after: {get: "api/{slow.x}", into: after}
              """), 502, "'user' is not available: the backend answered 500");
    }

    @Test
    void membersThatCollideAreAFailure() {
      server.json("/a", "{\"x\":1}").json("/b", "{\"x\":1}");

      assertProblem(
          aggregator("calls: {one: {get: api/a}, two: {get: api/b}}"),
          502,
          "'one' and 'two' both give a member 'x'");
    }
  }

  @Nested
  class OfOtherCalls {

    @Test
    void failuresDegradeTheAnswerAndNoMore() throws Exception {
      server
          .json("/users/7", "{\"id\":7}")
          .hangs("/slow")
          .json("/broken", "<html>")
          .status("/failing", 500);
      var aggregator = aggregator("""
          calls:
            user: {get: "api/users/{id}"}
            dead: {get: "dead/x", onError: optional, into: dead}
            slow: {get: "api/slow", onError: default, default: {n: 1.0}, into: slow}
            broken: {get: "api/broken", onError: stale, into: broken}
            failing: {get: "api/failing", onError: default, default: null}
            after: {get: "api/{failing.x}", onError: optional, into: after}
          """);

      var answer = answer(aggregator, Duration.ofMillis(500));

      assertThat(text(answer)).isEqualTo("{\"id\":7,\"slow\":{\"n\":1.0}}");
      assertThat(answer.isComplete()).isFalse();
      assertThat(answer.fields().get("Partial-Response"))
          .isEqualTo("dead;absent;reason=\"the backend cannot be reached\","
              + " slow;default;reason=\"there was no answer in time\","
              + " broken;absent;reason=\"the answer is not JSON\","
              + " failing;default;reason=\"the backend answered 500\","
              + " after;absent;reason=\"there is no text or number for {failing.x}\"");
    }

    @Test
    void anOlderValueTakesThePlaceOfANewOne() throws Exception {
      var count = new AtomicInteger();
      server.on("/flapping", exchange -> {
        var number = count.incrementAndGet();
        TestBackend.send(
            exchange, number == 1 ? 200 : 500, "application/json", "{\"n\":" + number + "}");
      });
      var aggregator = aggregator("calls: {it: {get: api/flapping, onError: stale}}");

      var first = answer(aggregator, LONG);
      var second = answer(aggregator, LONG);

      assertThat(text(first)).isEqualTo("{\"n\":1}").isEqualTo(text(second));
      assertThat(first.isComplete()).isTrue();
      assertThat(second.fields().get("Partial-Response"))
          .isEqualTo("it;stale;reason=\"the backend answered 500\"");
    }

    @Test
    void aBackendThatFailsOftenIsGivenARest() throws Exception {
      server.status("/failing", 500);
      var aggregator = aggregator(
          "calls: {it: {get: api/failing, onError: optional}}",
          "attempts: 1, breaker: {failures: 50, of: 4, rest: 10m}");

      for (var i = 0; i < 10; i++) {
        answer(aggregator, LONG);
      }

      assertThat(server.requests()).hasSize(4);
      assertThat(answer(aggregator, LONG).parts().getFirst().reason())
          .contains("the backend failed often and is given a rest");
      assertThat(opened.getFirst().states().getFirst().breaker()).isEqualTo("open");
    }
  }

  @Nested
  class ForEach {

    @Test
    void asksForSoManyAtATimeAndNoMore() throws Exception {
      var running = new AtomicInteger();
      var most = new AtomicInteger();
      server.json("/list", "[1,2,3,4,5,6,7,8,9,10]");
      for (var i = 1; i <= 10; i++) {
        server.on("/item/" + i, exchange -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          await().until(() -> most.get() == 3);
          running.decrementAndGet();
          TestBackend.json(exchange, exchange.getRequestURI().getPath().substring(6));
        });
      }

      var answer = answer(aggregator("""
              calls:
                list: {get: "api/list", into: list}
                items: {forEach: "list[*]", get: "api/item/{item}", max: 9, parallel: 3, into: items}
              """), LONG);

      assertThat(text(answer))
          .isEqualTo("{\"list\":[1,2,3,4,5,6,7,8,9,10],\"items\":[1,2,3,4,5,6,7,8,9]}");
      assertThat(most).hasValue(3);
      assertThat(answer.parts().get(1).outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(answer.parts().get(1).reason()).contains("of 10 values only 9 are asked for");
    }

    @Test
    void leavesOutWhatFails() throws Exception {
      server.json("/list", "[1,2,3]").json("/item/1", "\"a\"").json("/item/3", "\"c\"");

      var answer = answer(aggregator("""
              calls:
                list: {get: "api/list", into: list}
                items: {forEach: "list[*]", get: "api/item/{item}", onError: optional, into: items}
              """), LONG);

      assertThat(text(answer)).isEqualTo("{\"list\":[1,2,3],\"items\":[\"a\",\"c\"]}");
      assertThat(answer.fields().get("Partial-Response"))
          .isEqualTo("items;partial;reason=\"the backend answered 404\"");
    }
  }

  @Test
  void endsWhenTheClientLeaves() throws Exception {
    server.hangs("/one").hangs("/two");
    var aggregator = aggregator(
        "calls: {one: {get: api/one, onError: optional}, two: {get: api/two, into: two}}");
    var thrown = new AtomicReference<Throwable>();
    var request = Thread.startVirtualThread(() -> {
      try {
        answer(aggregator, LONG);
      } catch (Throwable e) {
        thrown.set(e);
      }
    });
    await().until(() -> server.requests().size() == 2);

    request.interrupt();
    request.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(opened.getFirst().states().getFirst().running()).isZero();
  }
}
