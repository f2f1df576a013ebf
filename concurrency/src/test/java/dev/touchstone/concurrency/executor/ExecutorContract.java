package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What {@link ExecutorService} promises, for every implementation.
 *
 * <p>It also runs against executors of the JDK, which shows that the tests themselves are right.
 */
abstract class ExecutorContract {

  private static final Callable<String> FAIL = () -> {
    throw new IllegalStateException("expected");
  };

  private ExecutorService executor;

  /** Returns a new executor that runs at least two tasks at once and queues or runs a hundred. */
  abstract ExecutorService create();

  /** Returns whether the executor terminates also if tasks are submitted while it is shut down. */
  boolean terminatesUnderFire() {
    return true;
  }

  /** Returns whether a task that was not refused runs, also if the executor is shut down meanwhile. */
  boolean runsWhatItAccepts() {
    return true;
  }

  @BeforeEach
  void open() {
    executor = create();
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
  }

  /** Ends only when interrupted. */
  private static Callable<String> endless(CountDownLatch started) {
    return () -> {
      started.countDown();
      new CountDownLatch(1).await();
      return "never";
    };
  }

  @Nested
  class Submission {

    @Test
    void givesTheResultOfACallable() throws Exception {
      assertThat(executor.submit(() -> "result").get()).isEqualTo("result");
    }

    @Test
    void givesNullForARunnable() throws Exception {
      var ran = new AtomicInteger();

      assertThat(executor.submit((Runnable) ran::incrementAndGet).get()).isNull();
      assertThat(ran).hasValue(1);
    }

    @Test
    void givesTheResultThatCameWithARunnable() throws Exception {
      assertThat(executor.submit(() -> {}, "given").get()).isEqualTo("given");
    }

    @Test
    void wrapsTheFailure() {
      var future = executor.submit(FAIL);

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(future::get)
          .withCauseInstanceOf(IllegalStateException.class);
      assertThat(future.state()).isEqualTo(Future.State.FAILED);
      assertThat(future.exceptionNow()).hasMessageEndingWith("expected");
    }

    @Test
    void survivesFailures() throws Exception {
      for (int i = 0; i < 100; i++) {
        executor.submit(FAIL);
      }

      assertThat(executor.submit(() -> "alive").get()).isEqualTo("alive");
    }

    @Test
    void runsEveryTaskOnce() throws Exception {
      var runs = new AtomicInteger();
      var futures = new ArrayList<Future<?>>();

      for (int i = 0; i < 100; i++) {
        futures.add(executor.submit(runs::incrementAndGet));
      }

      for (var future : futures) {
        future.get();
      }
      assertThat(runs).hasValue(100);
    }

    @Test
    void refusesNull() {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> executor.submit((Callable<?>) null));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> executor.execute(null));
    }
  }

  @Nested
  class Get {

    @Test
    void timesOutAndLeavesTheTaskRunning() throws Exception {
      var go = new CountDownLatch(1);
      var future = executor.submit(() -> {
        go.await();
        return "late";
      });

      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> future.get(1, NANOSECONDS));

      go.countDown();
      assertThat(future.get()).isEqualTo("late");
    }

    @Test
    void isInterruptible() {
      var future = executor.submit(endless(new CountDownLatch(1)));
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(InterruptedException.class).isThrownBy(future::get);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Nested
  class Cancel {

    @Test
    void interruptsARunningTask() throws Exception {
      var started = new CountDownLatch(1);
      var interrupted = new CompletableFuture<Boolean>();
      var future = executor.submit(() -> {
        started.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
          interrupted.complete(true);
        }
      });
      started.await();

      assertThat(future.cancel(true)).isTrue();

      assertThat(interrupted.get()).isTrue();
      assertThat(future.isCancelled()).isTrue();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
    }

    @Test
    void doesNothingToATaskThatEnded() throws Exception {
      var future = executor.submit(() -> "done");
      future.get();

      assertThat(future.cancel(true)).isFalse();
      assertThat(future.get()).isEqualTo("done");
    }

    @Test
    void doesNotInterruptTheNextTasks() throws Exception {
      for (int round = 0; round < 200; round++) {
        var started = new CountDownLatch(1);
        var victim = executor.submit(() -> {
          started.countDown();
          Thread.onSpinWait();
        });
        started.await();

        victim.cancel(true);

        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get())
            .isFalse();
      }
    }
  }

  @Nested
  class Invoke {

    @Test
    void allWaitsForAllAndKeepsTheOrder() throws Exception {
      var futures = executor.invokeAll(List.of(() -> "a", FAIL, () -> "c"));

      assertThat(futures).allMatch(Future::isDone).hasSize(3);
      assertThat(futures.get(0).get()).isEqualTo("a");
      assertThat(futures.get(1).state()).isEqualTo(Future.State.FAILED);
      assertThat(futures.get(2).get()).isEqualTo("c");
    }

    @Test
    void allOfNothingIsNothing() throws Exception {
      assertThat(executor.invokeAll(List.<Callable<String>>of())).isEmpty();
    }

    @Test
    void allCancelsWhatIsTooLate() throws Exception {
      var futures = executor.invokeAll(
          List.of(endless(new CountDownLatch(1)), endless(new CountDownLatch(1))), 1, MILLISECONDS);

      assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
    }

    @Test
    void allIsInterruptible() {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> executor.invokeAll(List.of(endless(new CountDownLatch(1)))));
    }

    @Test
    void anyGivesASuccess() throws Exception {
      assertThat(executor.<String>invokeAny(List.of(FAIL, () -> "b"))).isEqualTo("b");
    }

    @Test
    void anyFailsWhenAllFail() {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> executor.invokeAny(List.of(FAIL, FAIL)))
          .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anyTimesOut() {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(
              () -> executor.invokeAny(List.of(endless(new CountDownLatch(1))), 1, MILLISECONDS));
    }

    @Test
    void anyOfNothingIsAnError() {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of()));
    }
  }

  /** A common way to say "however long it takes", which no Duration can hold. */
  @Test
  void waitsForAsLongAsALongCanSay() throws Exception {
    Callable<String> work = () -> "done";

    assertThat(executor.submit(work).get(Long.MAX_VALUE, DAYS)).isEqualTo("done");
    assertThat(executor.invokeAll(List.of(work), Long.MAX_VALUE, DAYS)).hasSize(1);
    assertThat(executor.invokeAny(List.of(work), Long.MAX_VALUE, DAYS)).isEqualTo("done");
    executor.shutdown();
    assertThat(executor.awaitTermination(Long.MAX_VALUE, DAYS)).isTrue();
  }

  @Nested
  class Shutdown {

    @Test
    void refusesNewTasksAndRunsTheAcceptedOnes() throws Exception {
      var go = new CountDownLatch(1);
      var accepted = executor.submit(() -> {
        go.await();
        return "ran";
      });

      executor.shutdown();

      assertThat(executor.isShutdown()).isTrue();
      assertThat(executor.isTerminated()).isFalse();
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.execute(() -> {}));
      go.countDown();
      assertThat(accepted.get()).isEqualTo("ran");
      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
      assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void isIdempotent() throws Exception {
      executor.shutdown();
      executor.shutdown();

      assertThat(executor.shutdownNow()).isEmpty();
      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
    }

    @Test
    void nowInterruptsRunningTasks() throws Exception {
      var started = new CountDownLatch(1);
      var future = executor.submit(endless(started));
      started.await();

      executor.shutdownNow();

      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
      assertThat(future.isDone()).isTrue();
    }

    @Test
    void awaitingTimesOutWhileATaskRuns() throws Exception {
      executor.submit(endless(new CountDownLatch(1)));
      executor.shutdown();

      assertThat(executor.awaitTermination(1, MILLISECONDS)).isFalse();
    }

    @Test
    void closeWaitsForTheTasks() throws Exception {
      var future = executor.submit(() -> "ran");

      executor.close();

      assertThat(executor.isTerminated()).isTrue();
      assertThat(future.get()).isEqualTo("ran");
    }

    @Test
    void doesNotLoseTasksThatAreSubmittedMeanwhile() throws Exception {
      var accepted = new AtomicInteger();
      var ran = new AtomicInteger();
      var submitter = Thread.ofPlatform().start(() -> {
        try {
          while (true) {
            executor.execute(ran::incrementAndGet);
            accepted.incrementAndGet();
          }
        } catch (RejectedExecutionException closed) {
          return; // what the test waits for
        }
      });
      while (accepted.get() < 50) {
        Thread.onSpinWait();
      }

      executor.shutdown();

      submitter.join();
      if (!terminatesUnderFire()) {
        await().untilAsserted(() -> assertThat(ran).hasValue(accepted.get()));
        return;
      }
      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
      if (runsWhatItAccepts()) {
        assertThat(ran).hasValue(accepted.get());
      } else {
        assertThat(ran).hasValueLessThanOrEqualTo(accepted.get());
      }
    }
  }
}
