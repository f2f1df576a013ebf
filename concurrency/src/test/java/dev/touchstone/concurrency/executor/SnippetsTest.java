package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  @Test
  void executor() throws Exception {
    var pages = new ArrayList<String>();

    // @start region="executor"
    try (var io = ManagedExecutor.virtual("io").concurrency(64).queue(1_000).build()) {
      var first = io.submit(() -> load("a"));
      var second = io.submit(() -> load("b"));
      pages.addAll(List.of(first.get(), second.get()));
    }
    // @end

    assertThat(pages).containsExactly("page a", "page b");
  }

  @Test
  void saturation() throws Exception {
    var go = new CountDownLatch(1);
    var rejections = new ArrayList<String>();

    // @start region="saturation"
    try (var cpu = ManagedExecutor.platform("cpu")
        .concurrency(1)
        .queue(1)
        .saturation(Saturation.REJECT)
        .build()) {
      cpu.execute(() -> awaitQuietly(go));
      cpu.execute(() -> awaitQuietly(go));
      try {
        cpu.execute(() -> awaitQuietly(go));
      } catch (TaskRejectedException full) {
        rejections.add(full.reason() + ": " + full.active() + " run, " + full.queued() + " wait");
      }
      go.countDown();
    }
    // @end

    assertThat(rejections).containsExactly("SATURATED: 1 run, 1 wait");
  }

  @Test
  void cancellation() throws Exception {
    var failures = new ArrayList<Throwable>();
    try (var io = ManagedExecutor.virtual("io").build()) {
      // @start region="cancellation"
      var task = io.submit(() -> {
        new CountDownLatch(1).await(); // waits until it is interrupted
        return "never";
      });
      task.whenDone((result, failure) -> failures.add(failure)); // a CancellationException

      task.cancel(true);

      assertThat(task.isCancelled()).isTrue();
      // @end
    }
    assertThat(failures).singleElement().isInstanceOf(CancellationException.class);
  }

  @Test
  void drain() throws Exception {
    var never = new CountDownLatch(1);

    // @start region="drain"
    var executor = ManagedExecutor.virtual("jobs").concurrency(1).build();
    var running = executor.submit(() -> awaitQuietly(never));
    Runnable queued = () -> awaitQuietly(never);
    executor.execute(queued);

    DrainReport report = executor.drain(Duration.ofMillis(10));

    assertThat(report.isClean()).isFalse();
    assertThat(report.neverStarted()).contains(queued);
    assertThat(report.stuck()).isEmpty(); // the running one obeyed the interruption
    assertThat(running.isCancelled()).isTrue();
    // @end
  }

  @Test
  void periodic() throws Exception {
    var looked = new CountDownLatch(2);
    Runnable lookForMail = looked::countDown;
    var minute = Duration.ofMillis(1);
    var hour = Duration.ofMillis(60);

    // @start region="periodic"
    try (var background = ManagedExecutor.virtual("background").build();
        var mail = background
            .every(minute)
            .jitter(minute.dividedBy(10))
            .onFailure(Backoff.doubling(minute, hour))
            .start(lookForMail)) {
      looked.await();
      assertThat(mail.lastFailure()).isEmpty();
    }
    // @end
  }

  @Test
  void hedge() throws Exception {
    var answers = new ArrayList<String>();

    // @start region="hedge"
    try (var io = ManagedExecutor.virtual("io").build()) {
      var answer = Async.hedge(io, Duration.ofMillis(50), () -> load("c"));
      answers.add(answer.get());
    }
    // @end

    assertThat(answers).containsExactly("page c");
  }

  @Test
  void timeouts() throws Exception {
    var answers = new ArrayList<String>();

    // @start region="timeouts"
    try (var io = ManagedExecutor.virtual("io")
        .concurrency(1)
        .queueTimeout(Duration.ofMillis(20)) // nobody waits longer for an answer
        .runTimeout(Duration.ofSeconds(10)) // and nothing takes longer that works
        .build()) {
      var slow = io.submit(() -> new CountDownLatch(1).await(50, MILLISECONDS));
      var late = io.submit(() -> load("d"));
      try {
        answers.add(late.get());
      } catch (ExecutionException e) {
        answers.add(e.getCause() instanceof TaskExpiredException ? "try again" : "broken");
      }
      slow.get();
    }
    // @end

    assertThat(answers).containsExactly("try again");
  }

  @Test
  void helping() throws Exception {
    // @start region="helping"
    try (var cpu = ManagedExecutor.platform("cpu").concurrency(1).build()) {
      var whole = cpu.submit(() -> {
        var half = cpu.submit(() -> 20);
        return half.get() + 22; // runs the half here, because no other place is free
      });
      assertThat(whole.get()).isEqualTo(42);
    }
    // @end
  }

  @Test
  void listener() {
    var slow = new ArrayList<String>();
    var limit = Duration.ZERO;

    // @start region="listener"
    ExecutorListener listener = event -> {
      if (event instanceof ExecutorEvent.Ended ended && ended.ran().compareTo(limit) > 0) {
        slow.add(ended.work() + " took " + ended.ran());
      }
    };
    try (var io = ManagedExecutor.virtual("io").listener(listener).build()) {
      io.execute(() -> load("e"));
    }
    // @end

    assertThat(slow).hasSize(1);
  }

  @Test
  void metrics() {
    var registry = new SimpleMeterRegistry();

    // @start region="metrics"
    var executor = ManagedExecutor.virtual("io").build();
    new ExecutorMetrics(executor).bindTo(registry);
    // @end

    executor.execute(() -> load("f"));
    executor.close();
    assertThat(registry
            .get("touchstone.executor.tasks")
            .tag("outcome", "completed")
            .functionCounter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void shutdown() {
    AutoCloseable server = () -> {};
    var workers = ManagedExecutor.virtual("workers").build();

    // @start region="shutdown"
    var coordinator = ShutdownCoordinator.builder()
        .add("intake", "server", server)
        .add("work", workers)
        .build();

    ShutdownReport report = coordinator.close(Duration.ofSeconds(20));
    // @end

    assertThat(report.isClean()).isTrue();
    assertThat(workers.isTerminated()).isTrue();
  }

  @Test
  void closed() {
    var executor = ManagedExecutor.virtual("io").build();
    executor.close();

    assertThatExceptionOfType(TaskRejectedException.class)
        .isThrownBy(() -> executor.execute(() -> {}))
        .withMessage("executor 'io' is shut down; submit before close, or stop the submitters first"
            + " (0 active, 0 queued)");
  }

  private static String load(String name) {
    return "page " + name;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
