package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect.Stall;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interruption and cancellation reach the socket and the wait, and nothing is retried after. */
class CancellationTest extends ServerTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final MockResponse stalled =
      answer(200).onResponseStart(Stall.INSTANCE).build();

  @Nested
  class Interruption {

    @Test
    void wakesAPlatformThreadThatWaitsForAnAnswer() throws InterruptedException {
      server.enqueue(stalled);
      var call = start(Thread.ofPlatform(), ApiRequest.get("a").timeout(LONG).attemptTimeout(LONG));
      taken();

      call.thread.interrupt();

      call.assertCancelled("GET a: interrupted; the request may have been applied");
    }

    @Test
    void wakesAVirtualThreadThatWaitsForAnAnswer() throws InterruptedException {
      server.enqueue(stalled);
      var call = start(Thread.ofVirtual(), ApiRequest.get("a").timeout(LONG).attemptTimeout(LONG));
      taken();

      call.thread.interrupt();

      call.assertCancelled("GET a: interrupted; the request may have been applied");
    }

    /* Each channel that a thread reads from hears of its interruptions in place of the last. */
    @Test
    void wakesAThreadWhoseBodyCameFromAChannel(@TempDir Path directory) throws Exception {
      var file = Files.writeString(directory.resolve("body"), "content");
      server.enqueue(stalled);
      var call = start(
          Thread.ofPlatform(),
          ApiRequest.post("a").body(new FromChannel(file)).timeout(LONG).attemptTimeout(LONG));
      assertThat(taken().getBody().utf8()).isEqualTo("content");

      call.thread.interrupt();

      call.assertCancelled("POST a: interrupted; the request may have been applied");
    }

    @Test
    void wakesAThreadThatReadsABody() throws InterruptedException {
      server.enqueue(answer(200).body("late").bodyDelay(5, TimeUnit.MINUTES).build());
      var reading = new CountDownLatch(1);
      var failure = new CompletableFuture<Throwable>();
      var thread = Thread.ofPlatform()
          .start(() -> failure.complete(catchThrowable(() -> client().stream(
              ApiRequest.get("a").timeout(LONG).attemptTimeout(LONG).discard(), response -> {
                reading.countDown();
                return response.body().readAllBytes();
              }))));
      reading.await();

      thread.interrupt();

      assertThat(failure.join()).isExactlyInstanceOf(CancelledException.class);
      thread.join();
    }

    @Test
    void wakesAThreadThatWaitsForARetry() throws InterruptedException {
      enqueue(status(429, "Retry-After", "50"));
      var call = start(Thread.ofPlatform(), ApiRequest.get("a"));
      await().until(() -> call.thread.getState() == Thread.State.TIMED_WAITING);

      call.thread.interrupt();

      call.assertCancelled("GET a: interrupted");
      assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void beforeTheCallSendsNothing() throws InterruptedException {
      var call = new Running();
      call.thread = Thread.ofPlatform().unstarted(() -> {
        Thread.currentThread().interrupt();
        call.run(ApiRequest.get("a"));
      });
      call.thread.start();

      call.assertCancelled("GET a: interrupted");
      assertThat(server.getRequestCount()).isZero();
    }
  }

  @Nested
  class Future {

    @Test
    void completesWithTheAnswer() {
      enqueue(json(ITEM));

      try (var client = client()) {
        assertThat(
                client.exchangeAsync(ApiRequest.get("a").as(Item.class)).join().body())
            .isEqualTo(new Item(7, "anvil"));
      }
    }

    @Test
    void failsWithTheErrorOfTheCall() {
      enqueue(status(404));

      try (var client = client()) {
        assertThatThrownBy(
                () -> client.exchangeAsync(ApiRequest.get("a").discard()).join())
            .hasCauseExactlyInstanceOf(ClientErrorException.class);
      }
    }

    @Test
    void thatIsCancelledEndsTheCallOnTheWire() {
      server.enqueue(stalled);
      try (var client = realTime().build()) {
        var future = client.exchangeAsync(
            ApiRequest.get("a").timeout(LONG).attemptTimeout(LONG).discard());
        taken();

        future.cancel(true);

        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        await().untilAsserted(() -> assertThat(pool.connectionCount()).isZero());
      }
      assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void thatIsCancelledEndsTheWaitForARetry() throws InterruptedException {
      enqueue(status(429, "Retry-After", "50"), json(ITEM));
      var waiting = new Waiting();
      try (var client = builder().time(waiting).build()) {
        var future = client.exchangeAsync(ApiRequest.get("a").discard());
        waiting.started.await();

        future.cancel(false);

        waiting.interrupted.await();
      }
      assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void thatIsCancelledBeforeItStartsSendsNothing() {
      var task = new AtomicReference<Runnable>();
      var client = builder().executor(task::set).build();
      var future = client.exchangeAsync(ApiRequest.get("a").discard());

      future.cancel(true);
      task.get().run();

      assertThat(server.getRequestCount()).isZero();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Nested
  class Closing {

    @Test
    void thatIsInProgressRefusesACallLikeOneThatIsOver() {
      var client = new AtomicReference<ApiClient>();
      client.set(builder()
          .grouping(request -> {
            client.get().close(); // after the call has found the client open
            return "";
          })
          .executor(task -> {
            throw new RejectedExecutionException("shut down");
          })
          .build());

      assertThatIllegalStateException()
          .isThrownBy(() -> client.get().exchangeAsync(ApiRequest.get("a").discard()))
          .withMessage("the client is closed; make another one");
    }

    @Test
    void endsTheCallsOfAClientThatMadeItsOwnConnections() throws InterruptedException {
      server.enqueue(stalled);
      var client = ApiClient.builder(server.url("/").toString()).build();
      var failure = new CompletableFuture<Throwable>();
      var thread = Thread.ofPlatform()
          .start(() -> failure.complete(catchThrowable(() ->
              client.send(ApiRequest.get("a").timeout(LONG).attemptTimeout(LONG).discard()))));
      taken();

      client.close();

      assertThat(failure.join())
          .isExactlyInstanceOf(CancelledException.class)
          .hasMessage("GET a: the client was closed; the request may have been applied");
      thread.join();
    }
  }

  private ApiClient.Builder realTime() {
    return builder().time(TimeSource.system()).retry(RetryPolicy.standard());
  }

  private Running start(Thread.Builder threads, ApiRequest.Builder request) {
    var call = new Running();
    call.thread = threads.unstarted(() -> call.run(request));
    call.thread.start();
    return call;
  }

  /** A call on a thread of its own. */
  private final class Running {

    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final AtomicBoolean interruptStatus = new AtomicBoolean();
    private Thread thread;

    private void run(ApiRequest.Builder request) {
      var thrown = catchThrowable(() -> realTime().build().send(request.discard()));
      interruptStatus.set(Thread.currentThread().isInterrupted());
      failure.complete(thrown);
    }

    private void assertCancelled(String message) throws InterruptedException {
      assertThat(failure.join()).isExactlyInstanceOf(CancelledException.class).hasMessage(message);
      assertThat(interruptStatus).isTrue();
      thread.join();
    }
  }

  /** A body that is read from an interruptible channel. */
  private record FromChannel(Path file) implements BodySource {

    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      try (var channel = FileChannel.open(file)) {
        var content = ByteBuffer.allocate((int) channel.size());
        channel.read(content);
        sink.write(content.array());
      }
    }
  }

  /** A clock whose waits end by interruption only. */
  private static final class Waiting implements TimeSource {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }
}
