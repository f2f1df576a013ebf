package dev.touchstone.documentation.migration;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.executor.Async;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The examples of docs/migration/from-completable-future.md. */
class CompletableFutureSnippetsTest {

  private record Order(String user, int price) {}

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private static String user() {
    return "ada";
  }

  private static int price() {
    return 42;
  }

  private static String load(String server) {
    if (server.equals("down")) {
      throw new IllegalStateException("down is down");
    }
    return "from " + server;
  }

  /** Waits until it is interrupted. */
  private String slow() throws InterruptedException {
    started.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  private String slowUnchecked() {
    try {
      return slow();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static Order orderBefore(ExecutorService pool) {
    // @start region="before-both"
    var user = CompletableFuture.supplyAsync(() -> user(), pool);
    var price = CompletableFuture.supplyAsync(() -> price(), pool);
    return user.thenCombine(price, Order::new).orTimeout(2, SECONDS).join();
    // @end
  }

  private static Order orderAfter() throws InterruptedException {
    // @start region="after-both"
    try (var scope = TaskScope.open(
        Joiner.awaitAllSuccessfulOrThrow(), settings -> settings.timeout(Duration.ofSeconds(2)))) {
      var user = scope.fork(() -> user());
      var price = scope.fork(() -> price());
      scope.join(); // throws the first failure, and ends the other call
      return new Order(user.get(), price.get());
    }
    // @end
  }

  @Test
  void both() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(orderBefore(pool)).isEqualTo(new Order("ada", 42));
    }
    assertThat(orderAfter()).isEqualTo(new Order("ada", 42));
  }

  @Test
  void cancelBefore() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      // @start region="before-cancel"
      var answer = CompletableFuture.supplyAsync(() -> slowUnchecked(), pool);
      started.await();
      answer.cancel(true); // the future is cancelled; the thread works on
      // @end
      assertThat(answer).isCancelled();
      assertThat(interrupted.getCount()).isEqualTo(1);
      pool.shutdownNow();
    }
  }

  @Test
  void cancelAfter() throws Exception {
    try (var pool = ManagedExecutor.virtual("pool").build()) {
      // @start region="after-cancel"
      var answer = pool.submit(() -> slow());
      started.await();
      answer.cancel(true); // interrupts the thread, or takes the task out of the queue
      // @end
      interrupted.await();
      assertThat(answer.isCancelled()).isTrue();
    }
  }

  @Test
  void fastestBefore() {
    try (var pool = Executors.newSingleThreadExecutor()) {
      // @start region="before-fastest"
      var fastest = CompletableFuture.anyOf(
          CompletableFuture.supplyAsync(() -> load("down"), pool),
          CompletableFuture.supplyAsync(() -> load("b"), pool));

      assertThatThrownBy(fastest::join) // a failure also counts as the first to come
          .hasRootCauseMessage("down is down");
      // @end
    }
  }

  @Test
  void fastestAfter() throws Exception {
    try (var pool = ManagedExecutor.platform("pool").concurrency(1).build()) {
      // @start region="after-fastest"
      var fastest = Async.any(List.of(
          pool.submit(() -> load("down")).toCompletableFuture(),
          pool.submit(() -> load("b")).toCompletableFuture()));

      assertThat(fastest.get()).isEqualTo("from b"); // the other call is cancelled
      // @end
    }
  }

  @Test
  void chainBefore() {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      // @start region="before-chain"
      var length = CompletableFuture.supplyAsync(() -> load("a"), pool)
          .thenApply(String::length)
          .exceptionally(failure -> 0)
          .join();
      // @end
      assertThat(length).isEqualTo(6);
    }
  }

  @Test
  void chainAfter() {
    try (var pool = ManagedExecutor.virtual("pool").build()) {
      // @start region="after-chain"
      var length = pool.submit(() -> load("a"))
          .toCompletableFuture() // what comes after it may stay as it is
          .thenApply(String::length)
          .exceptionally(failure -> 0)
          .join();
      // @end
      assertThat(length).isEqualTo(6);
    }
  }
}
