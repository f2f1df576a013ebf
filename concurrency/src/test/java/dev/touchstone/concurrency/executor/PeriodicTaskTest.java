package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

  private static final int SEEDS = 100;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static ManagedExecutor open(Simulation simulation, List<Throwable> reported) {
    return builder(simulation, reported).build();
  }

  private static ManagedExecutor.Builder builder(Simulation simulation, List<Throwable> reported) {
    return ManagedExecutor.virtual("periodic")
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .failureListener((name, failure) -> reported.add(failure));
  }

  @Nested
  class Repetition {

    @Test
    void goesOnAfterEachPeriod() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = open(simulation, new ArrayList<>());
        var periodic = executor.every(SECOND).start(() -> {});

        simulation.clock().sleep(Duration.ofMillis(3_500));

        assertThat(periodic.runs()).isEqualTo(3);
        assertThat(periodic.nextRunIn().orElseThrow()).isBetween(Duration.ZERO, SECOND);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void doesNotOverlap() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = open(simulation, new ArrayList<>());
        var running = new int[1];
        var periodic = executor.every(SECOND).start(() -> {
          assertThat(++running[0]).isEqualTo(1);
          sleep(simulation, Duration.ofSeconds(5));
          running[0]--;
        });

        simulation.clock().sleep(Duration.ofSeconds(20));

        periodic.close();
        assertThat(periodic.runs()).isBetween(3L, 4L);
        assertThat(periodic.lastFailure()).isEmpty();
        executor.close();
      });
    }

    /** A task that has timed out has its result before its work has ended. */
    @Test
    void doesNotOverlapWithARunThatIgnoresItsTimeout() {
      Simulation.explore(SEEDS, simulation -> {
        var reported = new ArrayList<Throwable>();
        var executor = builder(simulation, reported).runTimeout(SECOND).build();
        var running = new int[2]; // now, most
        var periodic = executor.every(SECOND).start(() -> {
          running[1] = Math.max(running[1], ++running[0]);
          var end = simulation.clock().deadlineAfter(Duration.ofSeconds(5));
          while (end - simulation.clock().nanoTime() > 0) {
            sleep(simulation, Duration.ofNanos(end - simulation.clock().nanoTime()));
            Thread.interrupted(); // deaf
          }
          running[0]--;
        });

        simulation.clock().sleep(Duration.ofMillis(20_500)); // runs after 1, 7, 13 and 19 s

        assertThat(running[1]).isEqualTo(1);
        assertThat(periodic.runs()).as("timed out after 2, 8, 14 and 20 s").isEqualTo(4);
        assertThat(reported).hasSize(4).hasOnlyElementsOfType(TaskTimeoutException.class);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void survivesFailuresAndBacksOff() {
      Simulation.explore(SEEDS, simulation -> {
        var failure = new IllegalStateException("expected");
        var reported = new ArrayList<Throwable>();
        var executor = open(simulation, reported);
        var periodic = executor
            .every(SECOND)
            .onFailure(Backoff.doubling(SECOND, Duration.ofMinutes(1)))
            .start(() -> {
              throw failure;
            });

        simulation.clock().sleep(Duration.ofSeconds(10)); // runs after 1, 2, 4 and 8 s

        assertThat(periodic.runs()).isEqualTo(4);
        assertThat(periodic.lastFailure()).containsSame(failure);
        assertThat(reported).hasSize(4);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void survivesABackoffThatFails() {
      Simulation.explore(SEEDS, simulation -> {
        var failure = new IllegalStateException("expected");
        var broken = new IllegalArgumentException("broken backoff");
        var reported = new ArrayList<Throwable>();
        var executor = open(simulation, reported);
        var periodic = executor
            .every(SECOND)
            .onFailure(failures -> {
              throw broken;
            })
            .start(() -> {
              throw failure;
            });

        simulation.clock().sleep(Duration.ofMillis(2_500));

        assertThat(periodic.runs()).isEqualTo(2);
        assertThat(reported).containsExactly(failure, broken, failure, broken);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void survivesARejection() {
      Simulation.explore(SEEDS, simulation -> {
        var reported = new ArrayList<Throwable>();
        var executor = builder(simulation, reported).concurrency(1).queue(0).build();
        var periodic = executor.every(SECOND).start(() -> {});
        executor.execute(() -> sleep(simulation, Duration.ofMillis(1_500)));

        simulation.clock().sleep(Duration.ofMillis(1_400));

        assertThat(periodic.lastFailure()).containsInstanceOf(TaskRejectedException.class);
        simulation.clock().sleep(SECOND);
        assertThat(periodic.runs()).isEqualTo(2);
        assertThat(periodic.lastFailure()).isEmpty();
        assertThat(reported).hasSize(1);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void survivesAPriorityThatCannotBeTold() {
      Simulation.explore(SEEDS, simulation -> {
        var broken = new IllegalArgumentException("no priority");
        var asked = new int[1];
        var reported = new ArrayList<Throwable>();
        var executor = builder(simulation, reported)
            .priority(work -> {
              if (++asked[0] == 1) {
                throw broken;
              }
              return 0;
            })
            .build();
        var periodic = executor.every(SECOND).start(() -> {});

        simulation.clock().sleep(Duration.ofMillis(2_500));

        assertThat(periodic.runs()).isEqualTo(2);
        assertThat(reported).containsExactly(broken);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void showsTheWorkToThoseWhoAsk() {
      Simulation.explore(SEEDS, simulation -> {
        Runnable work = () -> {};
        var seen = new ArrayList<Object>();
        var executor = builder(simulation, new ArrayList<>())
            .priority(submitted -> seen.add(submitted) ? 0 : 1)
            .listener(event -> {
              if (event instanceof ExecutorEvent.Started started) {
                seen.add(started.work());
              }
            })
            .build();
        var periodic = executor.every(SECOND).start(work);

        simulation.clock().sleep(Duration.ofMillis(1_500));

        assertThat(seen).hasSize(2).allMatch(work::equals);
        periodic.close();
        executor.close();
      });
    }

    @Test
    void endsWithTheExecutor() {
      Simulation.explore(SEEDS, simulation -> {
        var reported = new ArrayList<Throwable>();
        var executor = open(simulation, reported);
        var periodic = executor.every(SECOND).start(() -> {});

        executor.close();
        simulation.clock().sleep(Duration.ofSeconds(10));

        assertThat(periodic.runs()).isZero();
        assertThat(periodic.nextRunIn()).isEmpty();
        assertThat(reported).as("an end is no failure").isEmpty();
      });
    }

    @Test
    void endsWithTheExecutorInTheMiddleOfARun() {
      Simulation.explore(SEEDS, simulation -> {
        var reported = new ArrayList<Throwable>();
        var executor = open(simulation, reported);
        var periodic = executor.every(SECOND).start(() -> sleep(simulation, Duration.ofHours(1)));
        simulation.clock().sleep(Duration.ofMillis(1_500));

        executor.shutdownNow();
        simulation.clock().sleep(Duration.ofSeconds(10));

        assertThat(periodic.lastFailure()).isEmpty();
        assertThat(periodic.nextRunIn()).isEmpty();
        assertThat(reported).isEmpty();
      });
    }
  }

  @Nested
  class Close {

    @Test
    void waitsForTheCurrentRun() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = open(simulation, new ArrayList<>());
        var running = new boolean[1];
        var periodic = executor.every(SECOND).start(() -> {
          running[0] = true;
          sleep(simulation, Duration.ofSeconds(2));
          running[0] = false;
        });
        simulation.clock().sleep(Duration.ofMillis(1_000 + simulation.random().nextInt(100)));

        periodic.close();

        assertThat(running[0]).isFalse();
        executor.close();
      });
    }

    @Test
    void startsNoFurtherRun() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = open(simulation, new ArrayList<>());
        var closed = new boolean[1];
        var periodic = executor.every(Duration.ofNanos(20_000)).start(() -> {
          assertThat(closed[0]).isFalse();
        });
        simulation.clock().sleep(Duration.ofNanos(simulation.random().nextInt(200_000)));

        periodic.close();
        closed[0] = true;

        simulation.clock().sleep(SECOND);
        executor.close();
        assertThat(periodic.lastFailure()).isEmpty();
      });
    }

    @Test
    void doesNotWaitForItself() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = open(simulation, new ArrayList<>());
        var self = new ArrayList<PeriodicTask>();
        self.add(executor.every(SECOND).start(() -> self.getFirst().close()));

        simulation.clock().sleep(Duration.ofSeconds(5));

        assertThat(self.getFirst().runs()).isEqualTo(1);
        executor.close();
      });
    }
  }

  @Nested
  class Waiting {

    @Test
    void doublesUpToTheLongest() {
      var backoff = Backoff.doubling(SECOND, Duration.ofSeconds(5));

      assertThat(List.of(1, 2, 3, 4, Integer.MAX_VALUE))
          .extracting(backoff::delayAfter)
          .extracting(Duration::toSeconds)
          .containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void mayBeLongerThanALongCanSay() {
      var longest = Duration.ofSeconds(Long.MAX_VALUE);
      var backoff = Backoff.doubling(SECOND, longest);

      assertThat(backoff.delayAfter(63)).isEqualTo(Duration.ofSeconds(1L << 62));
      assertThat(backoff.delayAfter(64)).isEqualTo(longest);
      try (var executor = ManagedExecutor.virtual("patient").build();
          var periodic = executor.every(SECOND).jitter(longest).start(() -> {})) {
        assertThat(periodic.nextRunIn().orElseThrow()).isPositive();
      }
    }

    @Test
    void refusesNonsense() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Backoff.doubling(SECOND, Duration.ZERO))
          .withMessage("initial must be positive and at most max, was PT1S, max PT0S");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Backoff.constant(Duration.ofSeconds(-1)))
          .withMessage("delay must not be negative, was PT-1S");
    }
  }

  private static void sleep(Simulation simulation, Duration duration) {
    try {
      simulation.clock().sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
