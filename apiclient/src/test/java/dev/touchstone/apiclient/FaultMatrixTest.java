package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.testing.Fault;
import dev.touchstone.apiclient.testing.FaultProxy;
import dev.touchstone.apiclient.testing.FaultProxy.Direction;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.apiclient.time.TimeSource;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect.CloseSocket;
import mockwebserver3.SocketEffect.CloseStream;
import mockwebserver3.SocketEffect.ShutdownConnection;
import mockwebserver3.SocketEffect.Stall;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault, with each kind of request, blocking and not, over each protocol: how many requests
 * the server sees, what the caller is told, and that nothing is left behind.
 */
class FaultMatrixTest {

  private static final int REFUSED_STREAM = 7;
  private static final int INTERNAL_ERROR = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /* Long enough for a healthy attempt on a busy machine, short enough to wait for a stalled one. */
  private static final Duration SHORT = Duration.ofMillis(1_500);

  private static final HeldCertificate SELF_SIGNED =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private static final HandshakeCertificates CERTIFICATES = new HandshakeCertificates.Builder()
      .heldCertificate(SELF_SIGNED)
      .addTrustedCertificate(SELF_SIGNED.certificate())
      .build();

  /** What a fault does to a request. */
  enum Effect {
    /** It may have been applied. */
    LOST,
    /** It was certainly not processed. */
    NOT_PROCESSED,
    /** It is answered all the same. */
    NONE
  }

  /** Strikes the first request, or its connection. */
  enum Strike {
    CLOSED_AT_ITS_START(Effect.LOST, answer().onRequestStart(new CloseSocket())),
    CLOSED_BEFORE_THE_ANSWER(Effect.LOST, answer().onResponseStart(new CloseSocket())),
    CUT_BODY(Effect.LOST, large().onResponseBody(new CloseSocket())),
    STALLED_BEFORE_THE_ANSWER(Effect.LOST, answer().onResponseStart(Stall.INSTANCE)),
    STALLED_BODY(Effect.LOST, answer().bodyDelay(5, TimeUnit.MINUTES)),
    GARBAGE(Effect.LOST, answer().status("GARBAGE")),
    HEADER_FLOOD(Effect.LOST, flood()),
    RESET_STREAM(Effect.LOST, answer().onResponseStart(new CloseStream(INTERNAL_ERROR))),
    REFUSED(Effect.NOT_PROCESSED, answer().onRequestStart(new CloseStream(REFUSED_STREAM))),
    NO_HANDSHAKE(Effect.NOT_PROCESSED, answer().failHandshake()),
    GOES_AWAY_AND_STALLS(Effect.LOST, answer().onResponseStart(ShutdownConnection.INSTANCE)),
    GOES_AWAY_AFTERWARDS(Effect.NONE, answer().onResponseEnd(ShutdownConnection.INSTANCE)),
    INFORMATION(Effect.NONE, answer().add100Continue()),
    SLOW_BODY(Effect.NONE, answer().throttleBody(1, 1, TimeUnit.MILLISECONDS)),
    PROXY_RESETS_ANSWER(
        Effect.LOST,
        proxy -> proxy.inject(Direction.TO_CLIENT, new Fault.ResetPeer(Duration.ZERO))),
    PROXY_CUTS_ANSWER(
        Effect.LOST, proxy -> proxy.inject(Direction.TO_CLIENT, new Fault.LimitData(5))),
    PROXY_SWALLOWS_ANSWER(
        Effect.LOST, proxy -> proxy.inject(Direction.TO_CLIENT, new Fault.HalfOpen())),
    PROXY_IS_DOWN(Effect.NOT_PROCESSED, FaultProxy::down),
    PROXY_SLICES(Effect.NONE, proxy -> {
      proxy.inject(Direction.TO_SERVER, new Fault.Slicer(3, Duration.ZERO));
      proxy.inject(Direction.TO_CLIENT, new Fault.Slicer(3, Duration.ZERO));
    }),
    PROXY_DELAYS(
        Effect.NONE,
        proxy -> proxy.inject(
            Direction.TO_CLIENT, new Fault.Latency(Duration.ofMillis(20), Duration.ofMillis(20)))),
    PROXY_THROTTLES(
        Effect.NONE, proxy -> proxy.inject(Direction.TO_SERVER, new Fault.Bandwidth(20_000)));

    private final Effect effect;
    private final @Nullable MockResponse first;
    private final Consumer<FaultProxy> proxied;

    Strike(Effect effect, MockResponse.Builder first) {
      this.effect = effect;
      this.first = first.build();
      this.proxied = proxy -> {};
    }

    Strike(Effect effect, Consumer<FaultProxy> proxied) {
      this.effect = effect;
      this.first = null;
      this.proxied = proxied;
    }

    private boolean isOf(Protocol protocol) {
      return switch (this) {
        // Over h2 these may strike at the greetings of the connection, before the request.
        case CLOSED_AT_ITS_START,
            NO_HANDSHAKE,
            GARBAGE,
            HEADER_FLOOD,
            INFORMATION,
            PROXY_RESETS_ANSWER,
            PROXY_CUTS_ANSWER,
            PROXY_SWALLOWS_ANSWER -> protocol == Protocol.HTTP_1_1;
        case RESET_STREAM, REFUSED, GOES_AWAY_AND_STALLS, GOES_AWAY_AFTERWARDS ->
          protocol == Protocol.H2_PRIOR_KNOWLEDGE;
        default -> true;
      };
    }

    private boolean comesBeforeTheServerReads() {
      return this == CLOSED_AT_ITS_START || this == REFUSED || this == NO_HANDSHAKE;
    }

    private boolean stalls() {
      return switch (this) {
        case STALLED_BEFORE_THE_ANSWER, STALLED_BODY, GOES_AWAY_AND_STALLS, PROXY_SWALLOWS_ANSWER ->
          true;
        default -> false;
      };
    }
  }

  /** A request, and whether it may be sent again after it was lost. */
  enum Kind {
    GET(true),
    POST(false),
    POST_WITH_KEY(true);

    private final boolean idempotent;

    Kind(boolean idempotent) {
      this.idempotent = idempotent;
    }

    private ApiRequest<int[]> request() {
      return switch (this) {
        case GET -> ApiRequest.get("a").as(int[].class);
        case POST -> ApiRequest.post("a").json(List.of(1, 2)).as(int[].class);
        case POST_WITH_KEY ->
          ApiRequest.post("a").json(List.of(1, 2)).idempotencyKey("k-1").as(int[].class);
      };
    }
  }

  /** How a call is made. */
  enum Mode {
    BLOCKING,
    ASYNCHRONOUS
  }

  @ParameterizedTest
  @EnumSource
  void everyRequestIsToldTheTruth(Strike strike) {
    var rows = new ArrayList<Runnable>();
    for (var protocol : List.of(Protocol.HTTP_1_1, Protocol.H2_PRIOR_KNOWLEDGE)) {
      for (var kind : Kind.values()) {
        for (var mode : Mode.values()) {
          if (strike.isOf(protocol)) {
            rows.add(() -> new Row(strike, kind, mode, protocol).check());
          }
        }
      }
    }

    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var results = rows.stream().map(threads::submit).toList();
      assertThat(results).allSatisfy(result -> assertThat(result).succeedsWithin(PATIENCE));
    }
  }

  /** One cell of the matrix, with a server, a proxy and a client of its own. */
  private static final class Row {

    private final Strike strike;
    private final Kind kind;
    private final Mode mode;
    private final MockWebServer server = new MockWebServer();
    private final ConnectionPool pool = new ConnectionPool(5, 1, TimeUnit.MINUTES);
    private final VirtualTime time = new VirtualTime();
    private final BulkheadRegistry bulkheads =
        BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(3).build());
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final Protocol protocol;
    private boolean interrupted;

    private Row(Strike strike, Kind kind, Mode mode, Protocol protocol) {
      this.strike = strike;
      this.kind = kind;
      this.mode = mode;
      this.protocol = protocol;
    }

    private void check() {
      try (server;
          var calls = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        server.setProtocols(List.of(protocol));
        if (strike == Strike.NO_HANDSHAKE) {
          server.useHttps(CERTIFICATES.sslSocketFactory());
        }
        if (strike.first != null) {
          server.enqueue(strike.first);
        }
        server.enqueue(answer().build());
        server.enqueue(answer().build());
        server.start();
        try (var proxy = FaultProxy.open(server.getSocketAddress());
            var client = ApiClient.builder(address(proxy))
                .okHttp(new OkHttpClient.Builder()
                    .protocols(List.of(protocol))
                    .sslSocketFactory(CERTIFICATES.sslSocketFactory(), CERTIFICATES.trustManager())
                    .connectionPool(pool)
                    .build())
                .executor(calls)
                .time(new Healing(proxy))
                .attemptTimeout(strike.stalls() ? SHORT : PATIENCE)
                .bulkheads(bulkheads)
                .circuitBreakers(breakers)
                .build()) {
          strike.proxied.accept(proxy);
          checkOutcome(client);
          checkNothingIsLeft(proxy);
        }
      } catch (IOException | RuntimeException | AssertionError failure) {
        throw new AssertionError(this + ": " + failure.getMessage(), failure);
      }
    }

    private String address(FaultProxy proxy) {
      return strike == Strike.NO_HANDSHAKE
          ? "https://localhost:" + proxy.uri().getPort()
          : proxy.uri().toString();
    }

    private void checkOutcome(ApiClient client) {
      var isRetried = strike.effect != Effect.NONE
          && (kind.idempotent || strike.effect == Effect.NOT_PROCESSED);
      var expected = strike.effect == Effect.LOST ? Delivery.UNKNOWN : Delivery.NOT_SENT;
      try {
        var answer = call(client);

        assertThat(strike.effect == Effect.NONE || isRetried).as("answered").isTrue();
        assertThat(answer.body()).contains(1);
        assertThat(answer.attempts()).hasSize(isRetried ? 2 : 1);
        if (isRetried) {
          assertThat(answer.attempts().getFirst().delivery())
              .as("%s", answer.attempts().getFirst().failure().map(Throwable::getCause))
              .isEqualTo(expected);
          assertThat(answer.attempts().getFirst().failure())
              .containsInstanceOf(TransportException.class);
        }
      } catch (ApiException failure) {
        assertThat(isRetried || strike.effect == Effect.NONE)
            .as("failed with %s", failure)
            .isFalse();
        assertThat(failure).isExactlyInstanceOf(TransportException.class);
        assertThat(failure.delivery()).isEqualTo(expected);
        assertThat(failure.attempts()).hasSize(1);
      }
      assertThat(interrupted).as("interrupt status").isFalse();
      checkRequests(isRetried);
    }

    private void checkRequests(boolean isRetried) {
      var seen = server.getRequestCount();
      assertThat(seen)
          .as("requests that the server saw")
          .isEqualTo(isRetried && strike != Strike.PROXY_IS_DOWN ? 2 : 1);
      for (var i = 0; i < seen && kind == Kind.POST_WITH_KEY; i++) {
        var key = taken().getHeaders().get("Idempotency-Key");
        if (i > 0 || !strike.comesBeforeTheServerReads()) {
          assertThat(key).isEqualTo("k-1");
        }
      }
    }

    private RecordedRequest taken() {
      try {
        return server.takeRequest();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void checkNothingIsLeft(FaultProxy proxy) {
      var target = Target.of(URI.create(address(proxy))).toString();
      assertThat(bulkheads.bulkhead(target).getMetrics().getAvailableConcurrentCalls())
          .as("free places in the bulkhead")
          .isEqualTo(3);
      assertThat(pool.idleConnectionCount())
          .as("idle connections")
          .isEqualTo(pool.connectionCount());
      pool.evictAll();
      assertThat(pool.connectionCount()).as("connections").isZero();
    }

    private ApiResponse<int[]> call(ApiClient client) {
      if (mode == Mode.BLOCKING) {
        try {
          return client.exchange(kind.request());
        } finally {
          interrupted = Thread.currentThread().isInterrupted();
        }
      }
      try {
        return client.exchangeAsync(kind.request()).join();
      } catch (CompletionException failed) {
        throw (ApiException) failed.getCause();
      }
    }

    @Override
    public String toString() {
      return strike + " of " + kind + ", " + mode + ", over " + protocol;
    }

    /** A clock whose waits take no time, and heal the proxy for the next attempt. */
    private final class Healing implements TimeSource {

      private final FaultProxy proxy;

      private Healing(FaultProxy proxy) {
        this.proxy = proxy;
      }

      @Override
      public Instant now() {
        return time.now();
      }

      @Override
      public long nanoTime() {
        return time.nanoTime();
      }

      @Override
      public void sleep(Duration wait) throws InterruptedException {
        proxy.heal();
        time.sleep(wait);
      }
    }
  }

  private static MockResponse.Builder answer() {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .body("[1,2]");
  }

  private static MockResponse.Builder large() {
    return answer().body(new Buffer().writeUtf8("[" + "1,".repeat(100_000) + "1]"));
  }

  private static MockResponse.Builder flood() {
    var answer = answer();
    for (var i = 0; i < 300; i++) {
      answer.addHeader("X-Flood-" + i, "x".repeat(1_000));
    }
    return answer;
  }
}
