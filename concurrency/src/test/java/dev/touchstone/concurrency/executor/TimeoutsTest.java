package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.executor.ManagedExecutor.Builder;
import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tasks that wait or run for too long. */
class TimeoutsTest {

  private static final int SEEDS = 200;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<Throwable> reported = new ArrayList<>();

  private Builder builder(Simulation simulation) {
    reported.clear();
    return ManagedExecutor.virtual("sim")
        .concurrency(1)
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .failureListener((name, failure) -> reported.add(failure));
  }

  private static Task<String> sleeper(
      Simulation simulation, ManagedExecutor executor, Duration sleep) {
    return executor.submit(() -> {
      simulation.clock().sleep(sleep);
      return "slept";
    });
  }

  @Nested
  class InTheQueue {

    @Test
    void expireAtTheLimitAlthoughNoPlaceIsFree() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).queueTimeout(SECOND).build();
        var occupier = sleeper(simulation, executor, Duration.ofSeconds(60));
        var first = executor.submit(() -> "never");
        simulation.clock().sleep(Duration.ofMillis(500));
        var second = executor.submit(() -> "never");

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(first::get)
            .withCauseInstanceOf(TaskExpiredException.class);
        assertThat(second.isDone()).as("half a second later").isFalse();
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get);

        assertThat(occupier.isDone()).isFalse();
        assertThat(executor.snapshot().expired()).isEqualTo(2);
        assertThat(executor.snapshot().queued()).isZero();
        executor.shutdownNow();
        assertThat(reported).isEmpty();
      });
    }

    @Test
    void makeRoomForThoseWhoWaitToSubmit() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).queue(1).queueTimeout(SECOND).build();
        sleeper(simulation, executor, Duration.ofSeconds(60));
        var expired = executor.submit(() -> "never");

        var waiting = executor.submit(() -> "never"); // waits until the other has expired

        assertThat(expired.state()).isEqualTo(Task.State.FAILED);
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get);
        executor.shutdownNow();
      });
    }

    @Test
    void neverStartOnceTheyWaitedThatLong() {
      Simulation.explore(SEEDS, simulation -> {
        var waits = new ArrayList<Duration>();
        var executor = builder(simulation)
            .queueTimeout(SECOND)
            .listener(event -> {
              if (event instanceof ExecutorEvent.Started started) {
                waits.add(started.waited());
              }
            })
            .build();
        sleeper(simulation, executor, SECOND); // ends just when the other expires
        var task = executor.submit(() -> "in time");

        simulation.clock().sleep(Duration.ofSeconds(3));

        assertThat(task.isDone()).isTrue();
        assertThat(task.state() == Task.State.SUCCESS).isEqualTo(waits.size() == 2);
        assertThat(waits).allMatch(waited -> waited.compareTo(SECOND) < 0);
        executor.close();
      });
    }

    @Test
    void areReportedIfNobodyHasTheirResult() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).queueTimeout(SECOND).build();
        sleeper(simulation, executor, Duration.ofSeconds(60));
        executor.execute(named("mail 17"));

        simulation.clock().sleep(Duration.ofSeconds(2));

        assertThat(reported)
            .singleElement()
            .asString()
            .isEqualTo("dev.touchstone.concurrency.executor.TaskExpiredException: task 'mail 17'"
                + " waited in executor 'sim' for longer than its queueTimeout of PT1S and was not"
                + " run; submit less, or raise concurrency or queueTimeout");
        executor.shutdownNow();
      });
    }

    @Test
    void expireWhateverTheirNameThrows() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).queueTimeout(SECOND).build();
        sleeper(simulation, executor, Duration.ofSeconds(60));
        var nameless = executor.submit(new Runnable() {
          @Override
          public void run() {}

          @Override
          public String toString() {
            throw new AssertionError("expected");
          }
        });
        var other = executor.submit(() -> "never");

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(nameless::get)
            .withCauseInstanceOf(TaskExpiredException.class);
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(other::get)
            .withCauseInstanceOf(TaskExpiredException.class);
        executor.shutdownNow();
      });
    }

    @Test
    void leaveInTheOrderOfTheirArrivalWhateverTheirPriority() {
      Simulation.explore(SEEDS, simulation -> {
        var executor =
            builder(simulation).queueTimeout(SECOND).priority(work -> 0).build();
        sleeper(simulation, executor, Duration.ofSeconds(60));
        var tasks = new ArrayList<Task<?>>();
        for (int i = 0; i < 3; i++) {
          tasks.add(executor.submit(() -> "never"));
          simulation.clock().sleep(Duration.ofMillis(300));
        }

        simulation.clock().sleep(Duration.ofMillis(150));

        assertThat(tasks).extracting(Task::isDone).containsExactly(true, false, false);
        executor.shutdownNow();
      });
    }
  }

  @Nested
  class Running {

    @Test
    void areInterruptedAtTheLimit() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).concurrency(2).runTimeout(SECOND).build();
        var slow = sleeper(simulation, executor, Duration.ofSeconds(60));
        simulation.clock().sleep(Duration.ofMillis(300));
        var other = sleeper(simulation, executor, Duration.ofMillis(900));

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(slow::get)
            .withCauseInstanceOf(TaskTimeoutException.class)
            .withRootCauseInstanceOf(TimeoutException.class)
            .havingCause()
            .withMessageContaining("ran in executor 'sim' for longer than its runTimeout of PT1S");
        assertThat(other.get()).isEqualTo("slept");

        executor.close();
        assertThat(executor.snapshot().timedOut()).isEqualTo(1);
        assertThat(executor.snapshot().completed()).isEqualTo(1);
        assertThat(reported).isEmpty();
      });
    }

    @Test
    void doNotInterruptTheNextTaskOfTheirThread() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).runTimeout(SECOND).build();
        sleeper(simulation, executor, SECOND); // ends just when it is interrupted

        var next = executor.submit(() -> {
          simulation.point();
          return Thread.currentThread().isInterrupted();
        });

        assertThat(next.get()).isFalse();
        executor.close();
      });
    }

    @Test
    void areWatchedAgainAfterAPause() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = builder(simulation).runTimeout(SECOND).build();
        for (int i = 0; i < 3; i++) {
          var slow = sleeper(simulation, executor, Duration.ofSeconds(60));
          assertThatExceptionOfType(ExecutionException.class).isThrownBy(slow::get);
          simulation.clock().sleep(Duration.ofSeconds(10)); // the watchdog finds nothing and sleeps
        }
        executor.close();
        assertThat(executor.snapshot().timedOut()).isEqualTo(3);
      });
    }

    @Test
    void keepTheirPlaceUntilTheyEnd() throws Exception {
      var gate = new CountDownLatch(1);
      var interrupted = new CountDownLatch(1);
      var executor = ManagedExecutor.virtual("io")
          .concurrency(1)
          .runTimeout(Duration.ofMillis(1))
          .build();
      var deaf = executor.submit(() -> {
        while (gate.getCount() > 0) {
          try {
            gate.await();
          } catch (InterruptedException ignored) {
            interrupted.countDown();
          }
        }
      });

      interrupted.await();
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(deaf::get);

      assertThat(executor.snapshot().active()).isEqualTo(1);
      gate.countDown();
      executor.shutdown();
      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
    }
  }

  @Test
  void arePositive() {
    var builder = ManagedExecutor.virtual("io");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.queueTimeout(Duration.ZERO))
        .withMessage("queueTimeout must be positive, was PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.runTimeout(Duration.ofSeconds(-1)))
        .withMessage("runTimeout must be positive, was PT-1S");
  }

  @Test
  void mayBeLongerThanALongCanSay() throws Exception {
    try (var executor = ManagedExecutor.virtual("io")
        .queueTimeout(Duration.ofSeconds(Long.MAX_VALUE))
        .runTimeout(Duration.ofSeconds(Long.MAX_VALUE))
        .build()) {
      assertThat(executor.submit(() -> "ran").get()).isEqualTo("ran");
    }
  }

  private static Runnable named(String name) {
    return new Runnable() {
      @Override
      public void run() {}

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
