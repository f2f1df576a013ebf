package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of accepted tasks that cannot run any more. */
class EndingTest {

  /** A task that got a thread only to be cancelled might start while others get theirs. */
  @Test
  void stopsAPausedExecutorWithoutStartingWhatWaits() {
    Simulation.explore(200, simulation -> {
      var started = new AtomicInteger();
      var executor = ManagedExecutor.virtual("paused")
          .timeSource(simulation.clock())
          .threadFactory(work -> {
            simulation.point();
            return simulation.threadFactory().newThread(work);
          })
          .build();
      executor.pause();
      var tasks = List.of(
          executor.submit(started::incrementAndGet), executor.submit(started::incrementAndGet));

      var neverStarted = simulation.random().nextBoolean()
          ? executor.shutdownNow()
          : executor.drain(Duration.ZERO).neverStarted();

      assertThat(neverStarted).hasSize(2);
      assertThat(tasks).allMatch(Task::isCancelled);
      assertThat(executor.awaitTermination(1, SECONDS)).isTrue();
      assertThat(started).hasValue(0);
    });
  }

  @Test
  void failsAllThatNoThreadCanBeStartedFor() throws Exception {
    var most = 20_000; // more than a call for each would leave of the stack
    var executor = ManagedExecutor.virtual("broken")
        .queue(most)
        .threadFactory(work -> {
          throw new IllegalStateException("expected");
        })
        .build();
    executor.pause();
    var tasks = new ArrayList<Task<?>>();
    for (int i = 0; i < most; i++) {
      tasks.add(executor.submit(() -> "never"));
    }

    executor.resume();

    assertThat(tasks).allMatch(Task::isDone);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> tasks.getLast().join())
        .withCauseInstanceOf(TaskRejectedException.class)
        .withRootCauseInstanceOf(IllegalStateException.class);
    assertThat(executor.snapshot().active()).isZero();
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }

  /** The cancelled task was accepted, so its submitter must not be told that it was rejected. */
  @Test
  void tellsOneStoryOfATaskThatIsCancelledWhileItsThreadFailsToStart() {
    var executors = new ArrayList<ManagedExecutor>();
    var executor = ManagedExecutor.virtual("broken")
        .threadFactory(work -> {
          executors.getFirst().shutdownNow();
          throw new IllegalStateException("expected");
        })
        .build();
    executors.add(executor);

    var task = executor.submit(() -> "never");

    assertThat(task.isCancelled()).isTrue();
    assertThat(executor.snapshot().cancelled()).isEqualTo(1);
    assertThat(executor.snapshot().rejected()).isEmpty();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void leavesNoThreadOfAnIdleExecutor() throws Exception {
    var threads = new ArrayList<Thread>();
    var executor = ManagedExecutor.platform("cpu")
        .concurrency(2)
        .threadFactory(work -> {
          var thread = new Thread(work);
          threads.add(thread);
          return thread;
        })
        .build();
    var both = new CountDownLatch(2);
    var wasInterrupted = new AtomicBoolean();
    for (int i = 0; i < 2; i++) {
      executor.execute(() -> {
        both.countDown();
        try {
          both.await();
        } catch (InterruptedException unexpected) {
          wasInterrupted.set(true);
        }
      });
    }
    both.await();

    executor.close();

    assertThat(threads).hasSize(2);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(wasInterrupted).isFalse();
  }
}
