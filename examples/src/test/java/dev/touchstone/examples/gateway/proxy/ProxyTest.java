package dev.touchstone.examples.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.examples.gateway.RawClient;
import dev.touchstone.examples.gateway.RecordedRequests;
import dev.touchstone.examples.gateway.RecordingBackend;
import dev.touchstone.examples.gateway.RecordingBackend.Received;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.observe.Ended.Outcome;
import dev.touchstone.examples.gateway.proxy.ProxyOptions.Credentials;
import dev.touchstone.examples.gateway.proxy.ProxyOptions.Host;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProxyTest {

  private static final String CLOSE = "Host: gateway.test\r\nConnection: close\r\n";

  private final RecordedRequests requests = new RecordedRequests();
  private RecordingBackend backend;
  private ApiClient client = ApiClient.builder().build();
  private Edge edge;

  @BeforeEach
  void start() throws Exception {
    backend = RecordingBackend.start();
  }

  @AfterEach
  void close() throws Exception {
    if (edge != null) {
      edge.close();
    }
    client.close();
    backend.close();
  }

  private void open(Terms terms, ProxyOptions options) {
    var proxy = new Proxy(client, options);
    edge = Edge.open(
        EdgeOptions.DEFAULT,
        new CurrentRoutes(
            RouteTable.of(List.of(Route.of("*", "/api/{path*}", proxy).withTerms(terms)))),
        requests);
  }

  private void open() {
    open(Terms.DEFAULT, ProxyOptions.to(backend.uri()));
  }

  private String send(String line, String fields, String body) throws IOException {
    return RawClient.exchange(edge.uri(), line + " HTTP/1.1\r\n" + CLOSE + fields + "\r\n" + body);
  }

  private String get(String fields) throws IOException {
    return send("GET /api/x", fields, "");
  }

  private Received received() {
    assertThat(backend.garbage()).isEmpty();
    assertThat(backend.requests()).hasSize(1);
    return backend.requests().getFirst();
  }

  @Nested
  class Requests {

    @Test
    void keepPathQueryAndFieldsOfTheMessage() throws Exception {
      open(Terms.DEFAULT, ProxyOptions.to(backend.uri().resolve("/v2")));

      send(
          "PUT /api/a%20b/c?d=e&f",
          "X-Own: 1\r\nX-Own: 2\r\nContent-Type: text/odd\r\n" + "Content-Length: 3\r\n", "abc");

      var received = received();
      assertThat(received.line()).isEqualTo("PUT /v2/a%20b/c?d=e&f HTTP/1.1");
      assertThat(received.body()).isEqualTo("abc");
      assertThat(received.values("X-Own")).containsExactly("1", "2");
      assertThat(received.values("Content-Type")).containsExactly("text/odd");
      assertThat(received.values("Content-Length")).containsExactly("3");
      assertThat(received.values("Host")).containsExactly(backend.uri().getAuthority());
    }

    @Test
    void areFramedAnew() throws Exception {
      open();

      send(
          "POST /api/x",
          "Transfer-Encoding: chunked\r\n",
          "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n");

      assertThat(received().body()).isEqualTo("abcde");
      assertThat(received().values("Transfer-Encoding")).containsExactly("chunked");
      assertThat(received().values("T")).isEmpty();
    }

    @Test
    void loseTheFieldsOfTheConnection() throws Exception {
      open();

      RawClient.exchange(
          edge.uri(),
          "GET /api/x HTTP/1.1\r\nHost: g\r\nConnection: close, X-Private, Upgrade\r\nX-Private: 1\r\n"
              + "Keep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Authorization: Basic eA==\r\n\r\n");

      for (var name : List.of("X-Private", "Keep-Alive", "TE", "Upgrade", "Proxy-Authorization")) {
        assertThat(received().values(name)).as(name).isEmpty();
      }
    }

    @Test
    void sayOnlyWhatTheGatewayKnows() throws Exception {
      var terms = Terms.DEFAULT.withAuthenticator(
          exchange -> new Caller.Subject("Zo\u00eb\r\nX-Admin: 1", Map.of()));
      open(terms, ProxyOptions.to(backend.uri()));

      get("X-Forwarded-For: 6.6.6.6\r\nX_Forwarded_For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"
          + "X-Forwarded-Host: evil.test\r\nX-Real-IP: 6.6.6.6\r\nX-Authenticated-Subject: admin\r\n"
          + "x_authenticated_tier: gold\r\nX-Original-URL: /admin\r\nX-Request-Id: mine\r\n"
          + "X-Request-Deadline-Ms: 99999999\r\nAuthorization: Bearer secret\r\n");

      var received = received();
      assertThat(received.head())
          .doesNotContain("6.6.6.6", "evil", "gold", "/admin", "mine", "secret");
      assertThat(received.values("X-Forwarded-For")).containsExactly("127.0.0.1");
      assertThat(received.values("X-Forwarded-Proto")).containsExactly("http");
      assertThat(received.values("X-Forwarded-Host")).containsExactly("gateway.test");
      assertThat(received.values("Forwarded"))
          .containsExactly("for=127.0.0.1;proto=http;host=\"gateway.test\"");
      assertThat(received.values("Via")).containsExactly("1.1 touchstone");
      assertThat(received.values("X-Authenticated-By")).containsExactly("jwt");
      assertThat(received.values("X-Authenticated-Subject"))
          .containsExactly("Zo%C3%AB%0D%0AX-Admin:%201");
      await().until(() -> !requests.all().isEmpty());
      assertThat(received.values("X-Request-Id"))
          .containsExactly(requests.all().getFirst().id());
      assertThat(Long.parseLong(received.values("X-Request-Deadline-Ms").getFirst()))
          .isBetween(1L, 30_000L);
    }

    @Test
    void keepHostAndCredentialsWhereThatIsChosen() throws Exception {
      var terms = Terms.DEFAULT.withAuthenticator(exchange -> new Caller.KeyHolder("shop", "gold"));
      open(
          terms,
          new ProxyOptions(backend.uri(), Host.CLIENT, Credentials.HANDED_ON, Set.of("X-Api-Key")));

      get("Authorization: Bearer t\r\nX-Api-Key: k\r\n");

      assertThat(received().values("Host")).containsExactly("gateway.test");
      assertThat(received().values("Authorization")).containsExactly("Bearer t");
      assertThat(received().values("X-Api-Key")).isEmpty();
      assertThat(received().values("X-Authenticated-Tier")).containsExactly("gold");
    }

    @Test
    void haveOneFieldForAllCookies() throws Exception {
      open();

      get("Cookie: a=1\r\nCookie: b=2\r\n");

      assertThat(received().values("Cookie")).containsExactly("a=1; b=2");
    }

    @Test
    void areNotMadeCompressibleOnTheWay() throws Exception {
      open();

      get("");

      assertThat(received().values("Accept-Encoding")).containsExactly("identity");
    }
  }

  @Nested
  class Answers {

    @Test
    void keepStatusFieldsAndBody() throws Exception {
      open();
      backend.answering(
          "HTTP/1.1 418 Short\r\nX-A: 1\r\nX-A: 2\r\nSet-Cookie: a=b\r\nServer: odd\r\n"
              + "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n"
              + "Location: /elsewhere\r\n\r\nxyz");

      assertThat(get("Accept-Encoding: gzip\r\n"))
          .startsWith("HTTP/1.1 418 ")
          .contains("X-A: 1\r\nX-A: 2\r\n", "Set-Cookie: a=b\r\n", "Content-Encoding: gzip\r\n")
          .contains("Content-Length: 3\r\n", "Via: 1.1 touchstone\r\n", "Location: /elsewhere\r\n")
          .containsOnlyOnce("Date: ")
          .contains("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")
          .endsWith("\r\n\r\nxyz");
    }

    @Test
    void areNotFollowedWhereTheyRedirect() throws Exception {
      open();
      backend.answering("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");

      assertThat(get("")).startsWith("HTTP/1.1 302 ").contains("Location: /x\r\n");
      received();
    }

    @Test
    void loseTheFieldsOfTheConnection() throws Exception {
      open();
      backend.answering(
          "HTTP/1.1 200 OK\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: 5\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

      assertThat(get("")).doesNotContain("X-Private", "Keep-Alive").contains("abc");
    }

    @Test
    void keepTheLengthToHead() throws Exception {
      open();
      backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");

      assertThat(send("HEAD /api/x", "", ""))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: 5000\r\n")
          .endsWith("\r\n\r\n");
    }

    @Test
    void haveNoBodyWhereTheStatusHasNone() throws Exception {
      open();
      backend.answering("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");

      assertThat(get(""))
          .startsWith("HTTP/1.1 304 ")
          .contains("ETag: \"a\"\r\n")
          .endsWith("\r\n\r\n");
    }

    @Test
    void areRefusedWhereTheyCanBeReadInTwoWays() throws Exception {
      open();
      for (var answer : List.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: admin=1\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
          "HTTX/1.1 200 OK\r\n\r\n")) {
        backend.answering(answer);

        assertThat(get("")).as(answer).startsWith("HTTP/1.1 502 ").doesNotContain("Set-Cookie");
      }
    }

    @Test
    void breakOffWhereTheBackendsDo() throws Exception {
      open(Terms.DEFAULT.withDeadline(Duration.ofMillis(500)), ProxyOptions.to(backend.uri()));
      backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");

      assertThat(get("")).startsWith("HTTP/1.1 200 ").endsWith("abc");

      await()
          .untilAsserted(() -> assertThat(requests.all())
              .singleElement()
              .satisfies(ended -> assertThat(ended.outcome()).isEqualTo(Outcome.BROKEN_OFF)));
    }
  }

  @Nested
  class Failures {

    @Test
    void areToldAsBadGateway() throws Exception {
      URI nobody;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      }
      open(Terms.DEFAULT, ProxyOptions.to(nobody));

      assertThat(get(""))
          .startsWith("HTTP/1.1 502 ")
          .contains("The backend could not be reached, or broke off; try again later.")
          .doesNotContain("127.0.0.1:");
    }

    @Test
    void areToldAsLateAfterTheDeadline() throws Exception {
      open(Terms.DEFAULT.withDeadline(Duration.ofMillis(200)), ProxyOptions.to(backend.uri()));
      backend.answering("");

      assertThat(get("")).startsWith("HTTP/1.1 504 ");
    }

    @Test
    void doNotReachAddressesThatAreGuarded() throws Exception {
      client.close();
      client = ApiClient.builder().addressGuard(AddressGuard.publicOnly()).build();
      for (var host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
        open(
            Terms.DEFAULT,
            ProxyOptions.to(URI.create("http://" + host + ":" + backend.uri().getPort())));

        assertThat(get("")).as(host).startsWith("HTTP/1.1 502 ");
        edge.close();
      }
      assertThat(backend.requests()).isEmpty();
      assertThat(backend.cut()).isEmpty();
    }

    @Test
    void ofTheClientCancelTheCall() throws Exception {
      open();
      backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");

      try (var raw = RawClient.connect(edge.uri())) {
        raw.send("GET /api/x HTTP/1.1\r\nHost: g\r\n\r\n").readUntil("abc");
        assertThat(backend.connections()).isEqualTo(1);
      }

      await().untilAsserted(() -> {
        assertThat(backend.connections()).isZero();
        assertThat(requests.all())
            .singleElement()
            .satisfies(ended -> assertThat(ended.outcome()).isEqualTo(Outcome.CLIENT_LEFT));
      });
    }
  }
}
