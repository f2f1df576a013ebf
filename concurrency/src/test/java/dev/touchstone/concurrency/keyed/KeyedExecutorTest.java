package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Saturation;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedExecutorTest {

  private final ManagedExecutor executor = ManagedExecutor.virtual("keyed")
      .concurrency(4)
      .grace(Duration.ofSeconds(5))
      .build();
  private final KeyedExecutor<String> keyed = KeyedExecutor.on(executor);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void nothingIsLeft() {
    release.countDown();
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(keyed.size()).isZero();
  }

  private String block() throws InterruptedException {
    release.await();
    return "released";
  }

  @Test
  void runsDifferentKeysAtTheSameTime() throws Exception {
    var both = new CountDownLatch(2);
    var one = keyed.submit("a", () -> {
      both.countDown();
      return both.await(10, TimeUnit.SECONDS);
    });
    var other = keyed.submit("b", () -> {
      both.countDown();
      return both.await(10, TimeUnit.SECONDS);
    });

    assertThat(one.join()).isTrue();
    assertThat(other.join()).isTrue();
  }

  @Test
  void deliversFailuresAndGoesOn() throws Exception {
    var failure = new IOException("broken");
    var failing = keyed.submit("a", () -> {
      throw failure;
    });
    var next = keyed.submit("a", () -> "next");

    assertThat(next.join()).isEqualTo("next");
    assertThatThrownBy(failing::join).isInstanceOf(CompletionException.class).hasCause(failure);
  }

  @Test
  void survivesAnError() throws Exception {
    var failing = keyed.submit("a", () -> {
      throw new OutOfMemoryError("pretended");
    });
    assertThatThrownBy(failing::join).hasCauseInstanceOf(OutOfMemoryError.class);
    assertThat(keyed.submit("a", () -> "next").join()).isEqualTo("next");
  }

  @Test
  void runsWhatWaitsBehindAnError() throws Exception {
    var uncaught = new CompletableFuture<Throwable>();
    try (var executor = ManagedExecutor.virtual("keyed")
        .threadFactory(Thread.ofVirtual()
            .uncaughtExceptionHandler((thread, thrown) -> uncaught.complete(thrown))
            .factory())
        .build()) {
      var one = KeyedExecutor.<String>builder(executor).parallelism(1).build();
      var failing = one.submit("a", () -> {
        block();
        throw new StackOverflowError("pretended");
      });
      var sameKey = one.submit("a", () -> "next");
      var otherKey = one.submit("b", () -> "other");
      release.countDown();

      assertThatThrownBy(failing::join).hasCauseInstanceOf(StackOverflowError.class);
      assertThat(sameKey.join()).isEqualTo("next");
      assertThat(otherKey.join()).isEqualTo("other");
      assertThat(uncaught.join()).isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void boundsTheQueueOfAKey() throws Exception {
    var small = KeyedExecutor.<String>builder(executor).queue(1).build();
    var running = new CountDownLatch(1);
    var first = small.submit("a", () -> {
      running.countDown();
      return block();
    });
    running.await();
    var second = small.submit("a", () -> "second");

    assertThat(small.trySubmit("a", () -> "third")).isEmpty();
    assertThat(small.submit("a", () -> "third", Duration.ofMillis(5))).isEmpty();
    assertThat(small.trySubmit("b", () -> "other").orElseThrow().join()).isEqualTo("other");
    second.cancel(true); // its place is free at once
    var third = small.trySubmit("a", () -> "third").orElseThrow();
    release.countDown();

    assertThat(first.join()).isEqualTo("released");
    assertThat(third.join()).isEqualTo("third");
  }

  @Test
  void refusesInsteadOfWaitingForAPlaceInTheExecutor() throws Exception {
    try (var full = ManagedExecutor.virtual("full").concurrency(1).queue(0).build()) {
      var keyed = KeyedExecutor.<String>on(full);
      var occupier = full.submit(this::block);

      assertThat(keyed.trySubmit("a", () -> "never")).isEmpty();
      assertThat(keyed.size()).isZero();

      release.countDown();
      occupier.get();
      assertThat(keyed.submit("a", () -> "now").join()).isEqualTo("now");
    }
  }

  @Test
  void acceptsWithoutAPlaceInTheExecutorWhatAWorkerWillComeTo() throws Exception {
    try (var full = ManagedExecutor.virtual("full").concurrency(1).queue(0).build()) {
      var keyed = KeyedExecutor.<String>builder(full).parallelism(2).build();
      var first = keyed.submit("a", this::block);

      var second = keyed.trySubmit("b", () -> "second").orElseThrow();
      release.countDown();

      assertThat(first.join()).isEqualTo("released");
      assertThat(second.join()).isEqualTo("second");
    }
  }

  @Test
  void letsTasksAndCallbacksSeeTheContextOfTheirOwnSubmitter() throws Exception {
    var user = new ThreadLocal<String>();
    try (var executor = ManagedExecutor.virtual("context")
        .concurrency(1)
        .context(ContextPropagation.of(user))
        .build()) {
      var keyed = KeyedExecutor.<String>on(executor);
      user.set("ada");
      var first = keyed.submit("a", () -> {
        block();
        return user.get();
      });
      user.set("bob"); // the worker was started by ada
      var second = keyed.submit("a", user::get);
      var failing = keyed.trySubmit("a", () -> {
        throw new IOException("expected");
      });
      var callbacks = List.of(
          second.thenApply(result -> user.get()),
          failing.orElseThrow().handle((result, failure) -> user.get()));
      user.remove();
      release.countDown();

      // First, because whoever waits for a CompletableFuture helps to run its callbacks.
      assertThat(callbacks).extracting(CompletableFuture::join).containsExactly("bob", "bob");
      assertThat(first.join()).isEqualTo("ada");
      assertThat(second.join()).isEqualTo("bob");
    }
  }

  @Test
  void goesOnAfterAWorkerThatCouldNotBeSubmitted() throws Exception {
    var asked = new AtomicInteger();
    try (var executor = ManagedExecutor.virtual("priority")
        .priority(work -> {
          if (asked.incrementAndGet() <= 2) {
            throw new IllegalStateException("expected");
          }
          return 0;
        })
        .build()) {
      var one = KeyedExecutor.<String>builder(executor).parallelism(1).build();

      assertThatThrownBy(() -> one.submit("a", () -> "never")).hasMessage("expected");
      assertThatThrownBy(() -> one.trySubmit("a", () -> "never")).hasMessage("expected");
      assertThat(one.size()).isZero();
      assertThat(one.submit("a", () -> "next")).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void failsTasksWhoseContextCannotBeOpened() throws Exception {
    failsTasksWhoseContextCannotBeOpened(new IllegalStateException("broken context"));
    failsTasksWhoseContextCannotBeOpened(new AssertionError("broken context"));
  }

  private static void failsTasksWhoseContextCannotBeOpened(Throwable broken) throws Exception {
    var submissions = new AtomicInteger();
    ContextPropagation context = () -> {
      var isOfTheWorker = submissions.incrementAndGet() == 2;
      return () -> {
        if (!isOfTheWorker) {
          throw KeyedExecutorTest.<RuntimeException>unchecked(broken);
        }
        return () -> {};
      };
    };
    try (var executor = ManagedExecutor.virtual("context").context(context).build()) {
      var failing = KeyedExecutor.<String>on(executor).submit("a", () -> "never");

      assertThat(failing)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCause(broken);
    }
  }

  @SuppressWarnings("unchecked") // to throw whatever it is
  private static <E extends Throwable> E unchecked(Throwable throwable) throws E {
    throw (E) throwable;
  }

  @Test
  void letsOtherKeysGoFirstAfterAWhile() throws Exception {
    var order = new ConcurrentLinkedQueue<String>();
    var one =
        KeyedExecutor.<String>builder(executor).parallelism(1).yieldAfter(2).build();
    var running = new CountDownLatch(1);
    one.submit("hot", () -> {
      running.countDown();
      return block();
    });
    running.await();
    for (int i = 0; i < 4; i++) {
      one.submit("hot", () -> order.add("hot"));
    }
    var cold = one.submit("cold", () -> order.add("cold"));
    release.countDown();
    cold.join();
    assertThat(one.drain("hot", Duration.ofSeconds(10))).isTrue();

    assertThat(order).containsExactly("hot", "cold", "hot", "hot", "hot");
  }

  @Test
  void cancelsAKey() throws Exception {
    var running = new CountDownLatch(1);
    var first = keyed.submit("a", () -> {
      running.countDown();
      return block();
    });
    running.await();
    var second = keyed.submit("a", () -> "second");

    assertThat(keyed.cancel("a")).isEqualTo(2);
    assertThat(keyed.cancel("unknown")).isZero();
    assertThat(List.of(first, second)).allMatch(task -> task.isCancelled());
    assertThat(keyed.drain("a", Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void drainsAKey() throws Exception {
    keyed.submit("a", this::block);

    assertThat(keyed.drain("a", Duration.ZERO)).isFalse();
    assertThat(keyed.drain("b", Duration.ZERO)).isTrue();
    release.countDown();
    assertThat(keyed.drain("a", Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void forgetsIdleKeys() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      keyed.submit("key " + i, () -> "x");
    }
    Awaitility.await().until(() -> keyed.size() == 0);
  }

  @Test
  void rejectsWhatTheExecutorRejects() throws Exception {
    try (var full = ManagedExecutor.virtual("full")
        .concurrency(1)
        .queue(0)
        .saturation(Saturation.REJECT)
        .build()) {
      var onFull = KeyedExecutor.<String>on(full);
      full.execute(() -> {
        try {
          block();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });

      assertThatThrownBy(() -> onFull.submit("a", () -> "x"))
          .isInstanceOf(TaskRejectedException.class);
      assertThat(onFull.size()).isZero();
      release.countDown();
    }
  }

  @Test
  void endsEveryTaskWhenTheExecutorIsStopped() throws Exception {
    Queue<CompletableFuture<String>> tasks = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(keyed.submit("key " + i % 3, this::block));
    }
    executor.shutdownNow();

    for (var task : tasks) {
      assertThatThrownBy(task::join)
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isInstanceOf(CancellationException.class),
              thrown -> assertThat(thrown).hasCauseInstanceOf(InterruptedException.class));
    }
    Awaitility.await().until(() -> keyed.size() == 0);
  }

  @Test
  void checksItsSettings() {
    assertThatThrownBy(() -> KeyedExecutor.builder(executor).queue(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("queue must be at least 1, was 0");
  }
}
