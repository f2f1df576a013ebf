package dev.touchstone.examples.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.gateway.RawClient;
import dev.touchstone.examples.gateway.RecordedRequests;
import dev.touchstone.examples.gateway.observe.Ended.Outcome;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteHandler;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {

  private static final String CLOSE = "Host: gateway.test\r\nConnection: close\r\n";

  private final RecordedRequests requests = new RecordedRequests();
  private Edge edge;

  @AfterEach
  void close() {
    if (edge != null) {
      edge.close();
    }
  }

  private void open(Route... routes) {
    open(EdgeOptions.DEFAULT, routes);
  }

  private void open(EdgeOptions options, Route... routes) {
    edge = Edge.open(options, new CurrentRoutes(RouteTable.of(List.of(routes))), requests);
  }

  private String send(String text) throws IOException {
    return RawClient.exchange(edge.uri(), text);
  }

  private String get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\n" + CLOSE + "\r\n");
  }

  private static void text(Exchange exchange, String text) throws IOException {
    exchange.reply(200, HttpFields.build().put("Content-Type", "text/plain"), text.getBytes(UTF_8));
  }

  @Nested
  class Routing {

    @Test
    void handsDecodedPartsToTheRoute() throws Exception {
      open(Route.of(
          "GET",
          "/users/{id}",
          exchange -> text(
              exchange,
              exchange.parameters() + " " + exchange.query("q") + " " + exchange.authority())));

      assertThat(get("/users/a%20b?q=1&q=%C3%A4&x"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .doesNotContain("Server:")
          .endsWith("{id=a b} [1, \u00c3\u00a4] gateway.test");
    }

    @Test
    void tellsWhatIsAllowedInstead() throws Exception {
      open(
          Route.of("GET", "/a", exchange -> text(exchange, "a")),
          Route.of("POST", "/a", exchange -> text(exchange, "a")));

      assertThat(send("DELETE /a HTTP/1.1\r\n" + CLOSE + "\r\n"))
          .startsWith("HTTP/1.1 405 ")
          .contains("Allow: GET, HEAD, POST\r\n")
          .contains("Content-Type: application/problem+json\r\n")
          .contains("\"detail\":\"/a takes GET, HEAD, POST, not DELETE.\"");
      assertThat(get("/b"))
          .startsWith("HTTP/1.1 404 ")
          .contains("\"detail\":\"There is no route for /b.\"");
    }

    @Test
    void sendsOnlyTheHeadWhereThatWasAsked() throws Exception {
      open(Route.of("GET", "/a", exchange -> text(exchange, "hello")));

      assertThat(send("HEAD /a HTTP/1.1\r\n" + CLOSE + "\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: 5\r\n")
          .endsWith("\r\n\r\n");
    }

    @Test
    void keepsTheFieldsThatWerePromisedInARefusalToo() throws Exception {
      var terms = Terms.DEFAULT.withLimiter(exchange -> {
        exchange.promise("RateLimit", "\"x\";r=0;t=1");
        throw new ProblemException(Problem.of(429, "Wait."));
      });
      open(Route.of("GET", "/a", exchange -> {}).withTerms(terms));

      assertThat(get("/a"))
          .startsWith("HTTP/1.1 429 ")
          .contains("RateLimit: \"x\";r=0;t=1\r\n")
          .contains("X-Request-Id: ");
    }

    @Test
    void answersARouteThatFailsWithoutAWordOfIt() throws Exception {
      open(
          Route.of("GET", "/throws", exchange -> {
            throw new IllegalStateException("secret");
          }),
          Route.of("GET", "/silent", exchange -> {}));

      assertThat(get("/throws")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
      assertThat(get("/silent")).startsWith("HTTP/1.1 500 ");
      assertThat(requests.all()).allMatch(ended -> ended.outcome() == Outcome.PROBLEM);
    }

    @Test
    void serves2RequestsOfOneConnectionThatCameTogether() throws Exception {
      open(Route.of(
          "GET", "/{x}", exchange -> text(exchange, exchange.parameters().get("x"))));

      var answers =
          send("GET /one HTTP/1.1\r\nHost: g\r\n\r\nGET /two HTTP/1.1\r\n" + CLOSE + "\r\n");

      assertThat(RawClient.statuses(answers)).containsExactly(200, 200);
      assertThat(answers).contains("\r\n\r\none").endsWith("\r\n\r\ntwo");
    }
  }

  @Nested
  class Limits {

    private final RouteHandler echo =
        exchange -> text(exchange, new String(exchange.body().readAllBytes(), UTF_8));

    private Route limited(long bytes) {
      return Route.of("POST", "/", echo).withTerms(Terms.DEFAULT.withMaxBodyBytes(bytes));
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLong() throws Exception {
      open(limited(4));

      assertThat(send("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\n\r\n12345"))
          .startsWith("HTTP/1.1 413 ")
          .contains("Connection: close\r\n")
          .contains("The body must be at most 4 bytes long; send less, or in parts.");
      assertThat(send("POST / HTTP/1.1\r\n" + CLOSE + "Content-Length: 4\r\n\r\n1234"))
          .endsWith("1234");
    }

    @Test
    void refusesABodyThatTurnsOutTooLong() throws Exception {
      open(limited(4));

      assertThat(
              send(
                  "POST / HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void refusesAHeadThatIsTooLong() throws Exception {
      open(limited(4));

      assertThat(get("/?" + "x".repeat(20_000)))
          .containsPattern("^HTTP/1.1 (414|431) ")
          .contains("application/problem+json");
      assertThat(send("GET / HTTP/1.1\r\nA: " + "x".repeat(20_000) + "\r\n" + CLOSE + "\r\n"))
          .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void closesAConnectionWhoseHeadDoesNotEnd() throws Exception {
      open(
          EdgeOptions.DEFAULT.withTimeouts(
              Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ofSeconds(1)),
          limited(4));

      try (var client = RawClient.connect(edge.uri())) {
        client.send("GET / HTTP/1.1\r\nHost: g\r\nA: 1");
        assertThat(client.readAll()).isEmpty();
      }
    }

    @Test
    void givesUpOnABodyThatStops() throws Exception {
      open(
          EdgeOptions.DEFAULT.withTimeouts(
              Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(1)),
          limited(100));

      try (var client = RawClient.connect(edge.uri())) {
        client.send("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 50\r\n\r\n123");
        assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
      }
    }

    @Test
    void endsARequestWhoseTimeIsOver() throws Exception {
      var terms = Terms.DEFAULT.withDeadline(Duration.ofMillis(200));
      open(Route.of("GET", "/", exchange -> new CountDownLatch(1).await()).withTerms(terms));

      assertThat(get("/"))
          .startsWith("HTTP/1.1 504 ")
          .contains("The answer took longer than this route may take; try again later.");
    }
  }

  @Nested
  class ClientsThatLeave {

    /* Without WatchedEndPoint.watch the route waits for its deadline. */
    @Test
    void interruptTheRouteThatWorksForThem() throws Exception {
      var began = new CountDownLatch(1);
      var interrupted = new CountDownLatch(1);
      open(Route.of("GET", "/", exchange -> {
        began.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          interrupted.countDown();
          throw e;
        }
      }));

      try (var client = RawClient.connect(edge.uri())) {
        client.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
        began.await();
      }

      interrupted.await();
      await()
          .untilAsserted(() -> assertThat(requests.all()).singleElement().satisfies(ended -> {
            assertThat(ended.status()).isEqualTo(499);
            assertThat(ended.outcome()).isEqualTo(Outcome.CLIENT_LEFT);
          }));
    }
  }

  @Nested
  class Stopping {

    @Test
    void waitsForTheRequestsUnderWay() throws Exception {
      var began = new CountDownLatch(1);
      var go = new CountDownLatch(1);
      open(Route.of("GET", "/", exchange -> {
        began.countDown();
        go.await();
        text(exchange, "done");
      }));

      try (var client = RawClient.connect(edge.uri())) {
        client.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
        began.await();
        var closing = Thread.startVirtualThread(edge::close);
        await().until(() -> !edge.isReady());
        assertThatThrownBy(() -> {
              try (var late = RawClient.connect(edge.uri())) {
                late.readUntil("never");
              }
            })
            .isInstanceOf(IOException.class);
        go.countDown();
        assertThat(client.readAll()).startsWith("HTTP/1.1 200 ").endsWith("done");
        closing.join();
      }
    }

    @Test
    void givesUpThoseThatTakeTooLong() throws Exception {
      var began = new CountDownLatch(1);
      open(
          EdgeOptions.DEFAULT.withTimeouts(
              Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(100)),
          Route.of("GET", "/", exchange -> {
            began.countDown();
            new CountDownLatch(1).await();
          }));

      try (var client = RawClient.connect(edge.uri())) {
        client.send("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
        began.await();
        edge.close();
        assertThat(client.readAll())
            .startsWith("HTTP/1.1 503 ")
            .contains("Connection: close\r\n")
            .contains("The gateway stops; ask another one, or a little later.");
        assertThat(requests.all())
            .singleElement()
            .satisfies(ended -> assertThat(ended.outcome()).isEqualTo(Outcome.PROBLEM));
      }
    }
  }

  @Nested
  class Origins {

    private final AtomicReference<Exchange> seen = new AtomicReference<>();
    private final Route route = Route.of("GET", "/", exchange -> {
      seen.set(exchange);
      text(exchange, "");
    });

    private String from(EdgeOptions options, String fields) throws IOException {
      open(options, route);
      send("GET / HTTP/1.1\r\n" + CLOSE + fields + "\r\n");
      var exchange = seen.get();
      return exchange.scheme() + " " + exchange.authority() + " " + exchange.addresses();
    }

    @Test
    void areNotBelievedOfStrangers() throws Exception {
      assertThat(from(
              EdgeOptions.DEFAULT,
              "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nForwarded: for=5.6.7.8\r\n"))
          .isEqualTo("http gateway.test [127.0.0.1]");
    }

    @Test
    void areReadFromTheRightOfATrustedProxy() throws Exception {
      assertThat(from(
              EdgeOptions.DEFAULT.withTrustedProxies("127.0.0.0/8", "10.0.0.0/8"),
              "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.1.1.1\r\nX-Forwarded-Proto: https\r\n"
                  + "X-Forwarded-Host: shop.test\r\n"))
          .isEqualTo("https shop.test [1.2.3.4, 10.1.1.1, 127.0.0.1]");
    }

    @Test
    void mayBeToldTheStandardWay() throws Exception {
      assertThat(from(
              EdgeOptions.DEFAULT.withTrustedProxies("127.0.0.0/8"),
              "Forwarded: for=\"[2001:db8::1]:4711\";proto=https;host=\"a.test:8443\"\r\n"
                  + "X-Forwarded-For: 6.6.6.6\r\n"))
          .isEqualTo("https a.test:8443 [2001:db8::1, 127.0.0.1]");
    }

    @Test
    void endWhereTheyMakeNoSense() throws Exception {
      assertThat(
              from(
                  EdgeOptions.DEFAULT.withTrustedProxies("127.0.0.0/8"),
                  "X-Forwarded-For: <script>\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Host: a b\r\n"))
          .isEqualTo("http gateway.test [127.0.0.1]");
    }

    /* Java would ask the DNS for the first three. */
    @ParameterizedTest
    @ValueSource(strings = {"999.9.9.9", "1.2.3", "010.1.1.1", "1:2:3:4:5:6:7:8:9", "::1::"})
    void endWhereThereIsNoAddress(String none) throws Exception {
      assertThat(from(
              EdgeOptions.DEFAULT.withTrustedProxies("127.0.0.0/8"),
              "X-Forwarded-For: 1.2.3.4, " + none + "\r\n"))
          .isEqualTo("http gateway.test [127.0.0.1]");
    }
  }
}
