package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final ManagedExecutor executor =
      ManagedExecutor.virtual("flights").grace(Duration.ofSeconds(5)).build();
  private final SingleFlight<String, String> flights = SingleFlight.on(executor);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void nothingIsLeft() {
    release.countDown();
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(flights.size()).isZero();
  }

  private String block() throws InterruptedException {
    var run = runs.incrementAndGet();
    release.await();
    return "result " + run;
  }

  /** Starts a thread that waits in {@code get}. */
  private CompletableFuture<String> caller(CompletableFuture<Thread> thread) throws Exception {
    var result = new CompletableFuture<String>();
    var waiting = Thread.ofVirtual().unstarted(() -> {
      try {
        result.complete(flights.get("key", this::block));
      } catch (Exception failure) {
        result.completeExceptionally(failure);
      }
    });
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
    thread.complete(waiting);
    return result;
  }

  @Test
  void sharesOneExecution() throws Exception {
    var callers = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 10; i++) {
      callers.add(caller(new CompletableFuture<>()));
    }
    release.countDown();

    assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isEqualTo("result 1"));
  }

  @Test
  void cachesNothing() throws Exception {
    release.countDown();
    assertThat(flights.get("key", this::block)).isEqualTo("result 1");
    assertThat(flights.get("key", this::block)).isEqualTo("result 2");
  }

  @Test
  void givesEachCallerAnExceptionOfItsOwn() throws Exception {
    var failure = new IOException("broken");
    var thrown = new ArrayList<Throwable>();
    for (int i = 0; i < 2; i++) {
      try {
        flights.get("key", () -> {
          throw failure;
        });
      } catch (ExecutionException e) {
        thrown.add(e);
      }
    }
    assertThat(thrown)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allSatisfy(e -> assertThat(e).hasCause(failure));
  }

  @Test
  void leavesTheOthersWaitingWhenTheFirstIsInterrupted() throws Exception {
    var firstThread = new CompletableFuture<Thread>();
    var first = caller(firstThread);
    var second = caller(new CompletableFuture<>());
    firstThread.join().interrupt();
    assertThatThrownBy(first::join).hasCauseInstanceOf(InterruptedException.class);
    release.countDown();

    assertThat(second.join()).isEqualTo("result 1");
  }

  @Test
  void cancelsTheWorkWhenTheLastOneLeaves() {
    assertThatThrownBy(() -> flights.get("key", this::block, Duration.ofMillis(5)))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("no result in time for key 'key'");

    Awaitility.await().until(() -> executor.snapshot().active() == 0);
    assertThat(executor.snapshot().cancelled()).isEqualTo(1);
  }

  @Test
  void startsAnewWhenForgotten() throws Exception {
    var old = caller(new CompletableFuture<>());
    flights.forget("key");
    var fresh = caller(new CompletableFuture<>());
    release.countDown();

    assertThat(old.join()).isEqualTo("result 1");
    assertThat(fresh.join()).isEqualTo("result 2");
  }

  @Test
  void refusesToWaitForItself() {
    assertThatThrownBy(() -> flights.get("key", () -> flights.get("key", this::block)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "the work for key 'key' asks for the same key, and would wait for itself");
  }

  @Test
  void endsWhenTheExecutorIsStopped() throws Exception {
    var waiting = caller(new CompletableFuture<>());
    executor.shutdownNow();

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> flights.get("key", this::block))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("is shut down");
  }

  @Test
  void forgetsWhatCannotBeSubmitted() {
    try (var broken = ManagedExecutor.virtual("broken")
        .priority(work -> {
          throw new AssertionError("expected");
        })
        .build()) {
      var flights = SingleFlight.<String, String>on(broken);

      for (int i = 0; i < 2; i++) { // the second would wait for the first if that were still known
        assertThatThrownBy(() -> flights.get("key", this::block, Duration.ofSeconds(30)))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(AssertionError.class);
      }
      assertThat(flights).hasToString("SingleFlight[0 keys]");
    }
  }

  @Test
  void throwsWhenInterruptedOnEntry() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> flights.get("key", this::block))
        .isInstanceOf(InterruptedException.class);
    assertThat(runs).hasValue(0);
  }
}
