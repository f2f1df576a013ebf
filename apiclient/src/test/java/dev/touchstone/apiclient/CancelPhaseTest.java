package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.time.TimeSource;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call may be cancelled at any moment: nothing is sent after it, and nothing is left. */
class CancelPhaseTest extends ServerTest {

  /** When a call is cancelled. */
  enum Phase {
    CALL_START,
    DNS_START,
    DNS_END,
    CONNECT_START,
    CONNECT_END,
    CONNECTION_ACQUIRED,
    REQUEST_HEADERS_START,
    REQUEST_HEADERS_END,
    REQUEST_BODY_START,
    REQUEST_BODY_END,
    RESPONSE_HEADERS_START,
    RESPONSE_HEADERS_END,
    RESPONSE_BODY_START
  }

  private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
  private final AtomicReference<Runnable> cancellation = new AtomicReference<>(() -> {});

  @ParameterizedTest
  @EnumSource
  void anInterruptionEndsACall(Phase phase) throws InterruptedException {
    enqueue(json("[1]"), json("[1]"), json("[1]"));
    var client = cancelledAt(phase);
    var failure = new CompletableFuture<Throwable>();
    var status = new CompletableFuture<Boolean>();
    var thread = Thread.ofPlatform().unstarted(() -> {
      failure.complete(catchThrowable(() -> client.send(request())));
      status.complete(Thread.currentThread().isInterrupted());
    });
    cancellation.set(thread::interrupt);
    thread.start();

    // A call that has everything already may as well succeed.
    assertThat(failure.join())
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isExactlyInstanceOf(CancelledException.class),
            thrown -> assertThat(thrown).isNull());
    assertThat(status.join()).isTrue();
    thread.join();
    assertNothingIsLeft(phase);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledFutureEndsItsCall(Phase phase) {
    enqueue(json("[1]"), json("[1]"), json("[1]"));
    var future = new CompletableFuture<CompletableFuture<?>>();
    cancellation.set(() -> future.join().cancel(true));
    try (var client = cancelledAt(phase)) {
      var call = client.exchangeAsync(request());
      future.complete(call);

      assertThatThrownBy(call::join).isInstanceOf(CancellationException.class);
      await().untilAsserted(() -> assertThat(free()).isEqualTo(25));
      assertNothingIsLeft(phase);
    }
  }

  private static ApiRequest<int[]> request() {
    return ApiRequest.post("a").json(List.of(1)).idempotent().as(int[].class);
  }

  private ApiClient cancelledAt(Phase phase) {
    var watched = okHttp
        .newBuilder()
        .eventListener(new Cancelling(phase, call -> cancellation.get().run()))
        .build();
    return builder()
        .okHttp(watched)
        .bulkheads(bulkheads)
        .time(TimeSource.system())
        .build();
  }

  private void assertNothingIsLeft(Phase phase) {
    assertThat(server.getRequestCount())
        .isLessThanOrEqualTo(phase.compareTo(Phase.REQUEST_HEADERS_START) < 0 ? 0 : 1);
    assertThat(free()).isEqualTo(25);
    await()
        .untilAsserted(
            () -> assertThat(pool.idleConnectionCount()).isEqualTo(pool.connectionCount()));
  }

  private int free() {
    return bulkheads
        .bulkhead(Target.of(server.url("/").uri()).toString())
        .getMetrics()
        .getAvailableConcurrentCalls();
  }

  /** Cancels at one event. */
  private static final class Cancelling extends EventListener {

    private final Phase when;
    private final Consumer<Call> cancel;

    private Cancelling(Phase when, Consumer<Call> cancel) {
      this.when = when;
      this.cancel = cancel;
    }

    private void at(Phase phase, Call call) {
      if (phase == when) {
        cancel.accept(call);
      }
    }

    @Override
    public void callStart(Call call) {
      at(Phase.CALL_START, call);
    }

    @Override
    public void dnsStart(Call call, String domainName) {
      at(Phase.DNS_START, call);
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
      at(Phase.DNS_END, call);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      at(Phase.CONNECT_START, call);
    }

    @Override
    public void connectEnd(
        Call call, InetSocketAddress address, Proxy proxy, okhttp3.Protocol protocol) {
      at(Phase.CONNECT_END, call);
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      at(Phase.CONNECTION_ACQUIRED, call);
    }

    @Override
    public void requestHeadersStart(Call call) {
      at(Phase.REQUEST_HEADERS_START, call);
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
      at(Phase.REQUEST_HEADERS_END, call);
    }

    @Override
    public void requestBodyStart(Call call) {
      at(Phase.REQUEST_BODY_START, call);
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      at(Phase.REQUEST_BODY_END, call);
    }

    @Override
    public void responseHeadersStart(Call call) {
      at(Phase.RESPONSE_HEADERS_START, call);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      at(Phase.RESPONSE_HEADERS_END, call);
    }

    @Override
    public void responseBodyStart(Call call) {
      at(Phase.RESPONSE_BODY_START, call);
    }
  }
}
