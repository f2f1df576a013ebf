package dev.touchstone.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.examples.gateway.Malformed.Fate;
import dev.touchstone.examples.gateway.Malformed.Sample;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.observe.Ended.Outcome;
import dev.touchstone.examples.gateway.proxy.Proxy;
import dev.touchstone.examples.gateway.proxy.ProxyOptions;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three parties count the same requests: the backend, which takes apart by itself what it is sent, the
 * gateway, which says what it decided, and the client, which counts answers. Whoever smuggles a request
 * makes two of them disagree.
 */
class MalformedRequestsTest {

  private final RecordedRequests decided = new RecordedRequests();
  private RecordingBackend backend;
  private ApiClient client;
  private Edge edge;

  @BeforeEach
  void open() throws Exception {
    backend = RecordingBackend.start();
    client = ApiClient.builder().build();
    var proxy = new Proxy(client, ProxyOptions.to(backend.uri()));
    edge = Edge.open(
        EdgeOptions.DEFAULT.withTimeouts(
            Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofSeconds(1)),
        new CurrentRoutes(RouteTable.of(List.of(Route.of("*", "/{path*}", proxy)))),
        decided);
  }

  @AfterEach
  void close() throws Exception {
    edge.close();
    client.close();
    backend.close();
  }

  @Test
  void areRefusedOrReadInOneWay() throws Exception {
    var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port());
    var softly = new SoftAssertions();

    for (var sample : Malformed.all()) {
      var answers = send(gateway, sample);
      if (sample.fate() == Fate.REFUSED) {
        softly
            .assertThat(backend.requests())
            .as("requests at the backend of %s", sample)
            .isEmpty();
        softly
            .assertThat(answers.isEmpty() ? 400 : RawClient.statuses(answers).getFirst())
            .as("status of %s", sample)
            .isGreaterThanOrEqualTo(400);
      }
      for (var request : backend.requests()) { // nginx hides from us which fields were named
        softly.assertThat(request.values("X-Secret")).as("%s", sample).isEmpty();
      }
      checkAgreement(softly, sample, answers);
    }

    assertThat(Malformed.all()).hasSizeGreaterThan(120);
    softly.assertAll();
  }

  @Test
  void areReadInOneWayBehindNginx(@TempDir Path folder) throws Exception {
    try (var front = FrontServer.nginx(folder, edge.port())) {
      checkBehind(front);
    }
  }

  @Test
  void areReadInOneWayBehindHaproxy(@TempDir Path folder) throws Exception {
    try (var front = FrontServer.haproxy(folder, edge.port())) {
      checkBehind(front);
    }
  }

  private void checkBehind(FrontServer front) throws Exception {
    var softly = new SoftAssertions();
    for (var sample : Malformed.all()) {
      checkAgreement(softly, sample, send(front.address(), sample));
    }
    softly.assertAll();
  }

  private String send(SocketAddress address, Sample sample) throws Exception {
    backend.clear();
    decided.clear();
    try (var raw = RawClient.connect(address)) {
      var answers = raw.send(sample.bytes() + Malformed.NEXT).readAll();
      await().until(() -> edge.running() == 0);
      return answers;
    }
  }

  private void checkAgreement(SoftAssertions softly, Sample sample, String answers) {
    var answered = decided.all().stream()
        .filter(ended -> ended.outcome() == Outcome.ANSWERED)
        .map(Ended::path)
        .toList();
    softly
        .assertThat(backend.requests().stream().map(MalformedRequestsTest::path))
        .as("what the backend saw of %s, and what the gateway decided: %s", sample, decided.all())
        .isEqualTo(answered)
        .doesNotContain("/smuggled");
    softly.assertThat(backend.garbage()).as("garbage of %s", sample).isEmpty();
    softly
        .assertThat(RawClient.statuses(answers).stream().filter(status -> status == 200))
        .as("answers to %s", sample)
        .hasSameSizeAs(answered);
    for (var request : backend.requests()) {
      softly
          .assertThat(request.values("X-Authenticated-Subject"))
          .as("%s", sample)
          .isEmpty();
      softly
          .assertThat(request.values("X_Authenticated_Subject"))
          .as("%s", sample)
          .isEmpty();
      softly.assertThat(request.values("Upgrade")).as("%s", sample).isEmpty();
      softly.assertThat(request.values("X-Forwarded-For")).as("%s", sample).hasSize(1);
    }
  }

  private static String path(RecordingBackend.Received request) {
    var query = request.target().indexOf('?');
    return query < 0 ? request.target() : request.target().substring(0, query);
  }
}
