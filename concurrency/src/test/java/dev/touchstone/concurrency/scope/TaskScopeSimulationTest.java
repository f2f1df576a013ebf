package dev.touchstone.concurrency.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.UnderManySchedules;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Named;

/**
 * Scopes under many schedules, with interruptions, deadlines and failures at random moments.
 *
 * <p>A scope that loses a wake-up ends in a {@code DeadlockError}, and so does one that leaves a
 * subtask behind.
 */
class TaskScopeSimulationTest extends UnderManySchedules {

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("all successful", TaskScopeSimulationTest::allSuccessful),
        Named.of("any successful", TaskScopeSimulationTest::anySuccessful),
        Named.of("every failure is seen once", TaskScopeSimulationTest::failures),
        Named.of("closed without join", TaskScopeSimulationTest::withoutJoin),
        Named.of("nested deadlines", TaskScopeSimulationTest::nested));
  }

  private static <T, R> TaskScope<T, R> open(
      Simulation simulation, Joiner<T, R> joiner, int limit, int timeoutMicros) {
    return TaskScope.open(joiner, settings -> {
      var common = settings
          .timeSource(simulation.clock())
          .threadFactory(simulation.threadFactory())
          .limit(limit)
          .failureListener((name, failure) -> simulation.fork(
              "listener",
              () -> assertThat(failure)
                  .as("reported after a result")
                  .isInstanceOf(IOException.class)));
      return timeoutMicros == 0 ? common : common.timeout(micros(timeoutMicros));
    });
  }

  /** Results in order; or a timeout or an interruption; and never a subtask after the block. */
  private static void allSuccessful(Simulation simulation) throws Exception {
    var running = new int[2]; // now, most
    var limit = 1 + simulation.random().nextInt(3);
    var timeout = simulation.random().nextInt(60);
    var owner = simulation.fork("owner", () -> {
      try (var scope = open(simulation, Joiner.<Integer>allSuccessfulOrThrow(), limit, timeout)) {
        for (int i = 0; i < 4; i++) {
          var number = i;
          scope.fork(() -> {
            running[1] = Math.max(running[1], ++running[0]);
            try {
              simulation.clock().sleep(micros(5 * (4 - number)));
              return number;
            } finally {
              running[0]--;
            }
          });
        }
        assertThat(scope.join()).containsExactly(0, 1, 2, 3);
      } catch (InterruptedException early) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      } catch (ScopeTimeoutException early) {
        assertThat(timeout).isPositive();
      } finally {
        assertThat(running[0]).as("subtasks after the block").isZero();
      }
    });
    simulation.interruptSometime(owner);
    owner.join();
    assertThat(running[1]).isLessThanOrEqualTo(limit);
  }

  /** One result wins; the others are interrupted, or never start. */
  private static void anySuccessful(Simulation simulation) throws Exception {
    var running = new int[1];
    try (var scope = open(
        simulation,
        Joiner.<Integer>anySuccessfulOrThrow(),
        1 + simulation.random().nextInt(3),
        0)) {
      for (int i = 0; i < 3; i++) {
        var number = i;
        scope.fork(() -> {
          running[0]++;
          try {
            simulation.clock().sleep(micros(1 + simulation.random().nextInt(10)));
            if (number == 0) {
              throw new IOException("number 0 always fails");
            }
            return number;
          } finally {
            running[0]--;
          }
        });
      }
      assertThat(scope.join()).isBetween(1, 2);
    }
    assertThat(running[0]).isZero();
  }

  /** What is thrown for another reason than the cancellation is in the exception of join, once. */
  private static void failures(Simulation simulation) throws Exception {
    var thrown = new ArrayList<Throwable>();
    FailedException failed = null;
    try (var scope = open(simulation, Joiner.<Integer>allSuccessfulOrThrow(), 3, 0)) {
      for (int i = 0; i < 4; i++) {
        var number = i;
        scope.fork(() -> {
          try {
            simulation.clock().sleep(micros(simulation.random().nextInt(6)));
          } catch (InterruptedException cancelled) {
            if (number % 2 == 0) {
              throw cancelled;
            }
          }
          var failure = new IOException("number " + number);
          thrown.add(failure);
          throw failure;
        });
      }
      scope.join();
    } catch (FailedException expected) {
      failed = expected;
    }

    assertThat(failed).isNotNull();
    var delivered = new ArrayList<Throwable>(Arrays.asList(failed.getSuppressed()));
    delivered.add(failed.getCause());
    assertThat(delivered).containsExactlyInAnyOrderElementsOf(thrown);
  }

  /** Close without join throws, and still waits. */
  private static void withoutJoin(Simulation simulation) {
    var running = new int[1];
    var start = simulation.clock().nanoTime();
    String message = null;
    try (var scope = open(simulation, Joiner.<Integer>awaitAll(), 2, 0)) {
      for (int i = 0; i < 3; i++) {
        scope.fork(() -> {
          running[0]++;
          try {
            simulation.clock().sleep(Duration.ofDays(1));
            return 1;
          } finally {
            running[0]--;
          }
        });
      }
      simulation.point();
    } catch (IllegalStateException expected) {
      message = expected.getMessage();
    }
    assertThat(message).contains("closed without a join after a fork");
    assertThat(running[0]).isZero();
    assertThat(simulation.clock().nanoTime() - start)
        .isLessThan(Duration.ofDays(1).toNanos());
  }

  /** The outer deadline ends everything inside, at its time and not later. */
  private static void nested(Simulation simulation) throws Exception {
    var start = simulation.clock().nanoTime();
    var running = new int[1];
    try (var outer = open(simulation, Joiner.<Integer>awaitAll(), 2, 30)) {
      for (int i = 0; i < 2; i++) {
        outer.fork(() -> {
          try (var inner = open(simulation, Joiner.<Integer>awaitAll(), 1, 0)) {
            for (int j = 0; j < 2; j++) {
              inner.fork(() -> {
                running[0]++;
                try {
                  simulation.clock().sleep(Duration.ofDays(1));
                  return 1;
                } finally {
                  running[0]--;
                }
              });
            }
            inner.join();
            throw new AssertionError("nothing can have ended in time");
          } catch (ScopeTimeoutException early) {
            simulation.clock().sleep(Duration.ofDays(1)); // until the outer scope is cancelled too
            return 0;
          }
        });
      }
      outer.join();
      throw new AssertionError("nothing can have ended in time");
    } catch (ScopeTimeoutException expected) {
      assertThat(running[0]).isZero();
    }
    assertThat(simulation.clock().nanoTime() - start)
        .isLessThan(Duration.ofDays(1).toNanos());
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(micros * 1_000L);
  }
}
