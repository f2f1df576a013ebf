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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private static final int LANES = 8;

  private final List<Lane> lanes = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    for (var i = 0; i < LANES; i++) {
      lanes.add(new Lane(i));
    }
  }

  @AfterEach
  void close() throws Exception {
    for (var lane : lanes) {
      lane.close();
    }
  }

  @Test
  void areRefusedOrReadInOneWay() throws Exception {
    inLanes(Lane::checkAlone);

    assertThat(Malformed.all()).hasSizeGreaterThan(120);
  }

  @Test
  void areReadInOneWayBehindNginx(@TempDir Path folder) throws Exception {
    try (var front = FrontServer.nginx(folder, ports())) {
      inLanes((lane, sample) -> lane.checkBehind(front, sample));
    }
  }

  @Test
  void areReadInOneWayBehindHaproxy(@TempDir Path folder) throws Exception {
    try (var front = FrontServer.haproxy(folder, ports())) {
      inLanes((lane, sample) -> lane.checkBehind(front, sample));
    }
  }

  private List<Integer> ports() {
    return lanes.stream().map(lane -> lane.edge.port()).toList();
  }

  /** What is done with each sample. */
  private interface Check {

    void run(Lane lane, Sample sample) throws Exception;
  }

  /* Some samples leave a server waiting for more until it loses patience; others go on meanwhile. */
  private void inLanes(Check check) throws Exception {
    var left = new ConcurrentLinkedQueue<>(Malformed.all());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var lane : lanes) {
        running.add(threads.submit(() -> {
          for (var sample = left.poll(); sample != null; sample = left.poll()) {
            check.run(lane, sample);
          }
          return null;
        }));
      }
      for (var end : running) {
        end.get();
      }
    }
    SoftAssertions.assertSoftly(softly -> lanes.forEach(lane -> softly.assertAlso(lane.softly)));
  }

  /** A gateway with a backend of its own: whatever arrives there is of one sample. */
  private static final class Lane implements AutoCloseable {

    private final int number;
    private final SoftAssertions softly = new SoftAssertions();
    private final RecordedRequests decided = new RecordedRequests();
    private final RecordingBackend backend = RecordingBackend.start();
    private final ApiClient client = ApiClient.builder().build();
    private final Edge edge;

    Lane(int number) throws IOException {
      this.number = number;
      var proxy = new Proxy(client, ProxyOptions.to(backend.uri()));
      edge = Edge.open(
          EdgeOptions.DEFAULT.withTimeouts(
              Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofSeconds(1)),
          new CurrentRoutes(RouteTable.of(List.of(Route.of("*", "/{path*}", proxy)))),
          decided);
    }

    void checkAlone(Sample sample) throws Exception {
      var answers =
          send(new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port()), sample);
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
      checkAgreement(sample, answers);
    }

    void checkBehind(FrontServer front, Sample sample) throws Exception {
      checkAgreement(sample, send(front.address(number), sample));
    }

    private String send(SocketAddress address, Sample sample) throws Exception {
      backend.clear();
      decided.clear();
      try (var raw = RawClient.connect(address)) {
        var answers = raw.send(sample.bytes() + Malformed.NEXT).readAll();
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> edge.running() == 0);
        return answers;
      }
    }

    private void checkAgreement(Sample sample, String answers) {
      var answered = decided.all().stream()
          .filter(ended -> ended.outcome() == Outcome.ANSWERED)
          .map(Ended::path)
          .toList();
      softly
          .assertThat(backend.requests().stream().map(Lane::path))
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

    @Override
    public void close() throws IOException {
      edge.close();
      client.close();
      backend.close();
    }
  }
}
