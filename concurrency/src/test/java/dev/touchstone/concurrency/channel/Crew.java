package dev.touchstone.concurrency.channel;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/** The threads of a test: started one by one, and all gone when the crew is disbanded. */
final class Crew {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What threads a crew is made of. */
  enum Kind {
    PLATFORM(Thread.ofPlatform().daemon().name("crew-", 0).factory()),
    VIRTUAL(Thread.ofVirtual().name("crew-", 0).factory());

    private final ThreadFactory factory;

    Kind(ThreadFactory factory) {
      this.factory = factory;
    }
  }

  private final Kind kind;
  private final List<Worker<?>> workers = new ArrayList<>();

  Crew(Kind kind) {
    this.kind = kind;
  }

  /** Starts a thread that runs the given work. */
  <R> Worker<R> start(Callable<R> work) {
    var worker = new Worker<R>();
    worker.thread = kind.factory.newThread(() -> worker.run(work));
    workers.add(worker);
    worker.thread.start();
    return worker;
  }

  /** Starts a thread for work without a result. */
  Worker<Boolean> run(Action work) {
    return start(() -> {
      work.run();
      return true;
    });
  }

  /** Interrupts threads at random until all have ended, or that many times. */
  void harass(int times, long seed) {
    var random = new Random(seed);
    for (var i = 0; i < times && !workers.stream().allMatch(w -> w.ended.isDone()); i++) {
      workers.get(random.nextInt(workers.size())).interrupt();
      Thread.yield();
    }
  }

  /** Waits for all threads and throws the first failure. */
  void join() throws Exception {
    for (var worker : workers) {
      worker.result();
    }
  }

  /** Fails if a thread is left, and ends it. */
  void disband() throws InterruptedException {
    var left = new ArrayList<Thread>();
    for (var worker : workers) {
      if (!worker.thread.join(worker.ended.isDone() ? PATIENCE : Duration.ofSeconds(1))) {
        left.add(worker.thread);
        worker.thread.interrupt();
      }
    }
    assertThat(left).as("threads left by the test").isEmpty();
  }

  /** Work that may fail. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** How the work of a thread ended: with a failure, or else with a result. */
  private record End<R>(R result, Throwable failure, boolean interrupted) {}

  /** A thread and its result. */
  static final class Worker<R> {

    private final CompletableFuture<End<R>> ended = new CompletableFuture<>();
    private Thread thread;

    private void run(Callable<R> work) {
      R result = null;
      Throwable failure = null;
      try {
        result = work.call();
      } catch (Throwable t) {
        failure = t;
      }
      ended.complete(new End<>(result, failure, Thread.interrupted()));
    }

    /** Waits until the thread waits for something; fails if it ends instead. */
    Worker<R> awaitWaiting() {
      await("a waiting thread")
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            assertThat(ended).as("result of a thread that should wait").isNotDone();
            return switch (thread.getState()) {
              case WAITING, TIMED_WAITING -> true;
              default -> false;
            };
          });
      return this;
    }

    Worker<R> interrupt() {
      thread.interrupt();
      return this;
    }

    /** Waits for the end of the work and returns its result or throws its failure. */
    R result() throws Exception {
      var end = end();
      switch (end.failure) {
        case null -> {}
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw new AssertionError(end.failure);
      }
      return end.result;
    }

    /** Waits for the end of the work and returns its failure, or fails. */
    Throwable failure() throws Exception {
      var end = end();
      assertThat(end.failure)
          .as("failure of a thread that ended with " + end.result)
          .isNotNull();
      return end.failure;
    }

    /** Waits for the end of the work and returns whether the interrupt flag was set then. */
    boolean interruptedAtEnd() throws Exception {
      return end().interrupted;
    }

    private End<R> end() throws Exception {
      return ended.get(PATIENCE.toSeconds(), SECONDS);
    }
  }
}
