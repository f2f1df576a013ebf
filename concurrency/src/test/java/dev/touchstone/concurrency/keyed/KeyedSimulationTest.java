package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.UnderManySchedules;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.testing.DeadlockError;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/** Locks, tasks and flights by key under many schedules, interrupted and late at random moments. */
class KeyedSimulationTest extends UnderManySchedules {

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("one key at a time", KeyedSimulationTest::exclusion),
        Named.of("all keys or none", KeyedSimulationTest::allOrNothing),
        Named.of("tasks in order", KeyedSimulationTest::order),
        Named.of("tasks cancelled", KeyedSimulationTest::cancellation),
        Named.of("tasks of an executor that ends", KeyedSimulationTest::shutdown),
        Named.of("one flight at a time", KeyedSimulationTest::flight),
        Named.of("everybody leaves", KeyedSimulationTest::leaving));
  }

  /** Locks taken one by one in different orders do deadlock: what lockAll is for. */
  @Test
  void theSimulationFindsTheDeadlockThatLockAllPrevents() {
    Assertions.assertThatThrownBy(() -> Simulation.explore(300, simulation -> {
          var locks = locks(simulation);
          for (var keys : List.of(List.of("a", "b"), List.of("b", "a"))) {
            simulation.fork("holder of " + keys, () -> {
              try (var first = locks.lock(keys.getFirst())) {
                simulation.point();
                locks.lock(keys.getLast()).close();
                assertThat(first).isNotNull();
              }
            });
          }
        }))
        .isInstanceOf(DeadlockError.class);
  }

  /** One place in the executor, and one in the queue of the key: who is refused strands nobody. */
  @Test
  void tryingInAFullExecutorLeavesNobodyWaiting() {
    Simulation.explore(500, simulation -> {
      var executor = ManagedExecutor.virtual("full")
          .concurrency(1)
          .queue(0)
          .timeSource(simulation.clock())
          .threadFactory(simulation.threadFactory())
          .build();
      var keyed = KeyedExecutor.<String>builder(executor)
          .queue(1)
          .parallelism(1 + simulation.random().nextInt(2))
          .timeSource(simulation.clock())
          .build();
      var ran = new ArrayList<String>();
      var accepted = new ArrayList<String>();
      executor.execute(simulation::point);
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        var name = "task " + i;
        var isTrying = i < 2;
        threads.add(simulation.fork(name, () -> {
          var task = isTrying
              ? keyed.trySubmit("key", () -> ran.add(name))
              : Optional.of(keyed.submit("key", () -> ran.add(name)));
          if (task.isPresent()) {
            accepted.add(name);
            assertThat(task.get().get()).isTrue();
          }
        }));
      }
      for (var thread : threads) {
        thread.join();
      }

      executor.close();
      assertThat(ran).containsExactlyInAnyOrderElementsOf(accepted);
      assertThat(keyed.size()).isZero();
    });
  }

  private static KeyedLock<String> locks(Simulation simulation) {
    return KeyedLock.<String>builder().timeSource(simulation.clock()).build();
  }

  private static void exclusion(Simulation simulation) throws Exception {
    var locks = locks(simulation);
    var inside = new int[2];
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(simulation.fork("thread-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          var key = simulation.random().nextInt(2);
          try {
            var hold = simulation.random().nextBoolean()
                ? locks.tryLock("key " + key, micros(simulation.random().nextInt(10)))
                : Optional.of(locks.lock("key " + key));
            if (hold.isPresent()) {
              assertThat(++inside[key]).isEqualTo(1);
              simulation.clock().nanoTime();
              inside[key]--;
              hold.get().close();
            }
          } catch (InterruptedException nothingTaken) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
        }
      }));
    }
    simulation.interruptSometime(threads.get(0));
    simulation.interruptSometime(threads.get(1));
    for (var thread : threads) {
      thread.join();
    }
    assertThat(locks.size()).isZero();
  }

  private static void allOrNothing(Simulation simulation) throws Exception {
    var locks = locks(simulation);
    var holders = new int[3];
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      var one = i;
      var other = (i + 1) % 3;
      threads.add(simulation.fork("thread-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          try {
            var hold = locks.tryLockAll(
                List.of("key " + one, "key " + other),
                micros(simulation.random().nextInt(20)));
            if (hold.isPresent()) {
              assertThat(++holders[one] + ++holders[other]).isEqualTo(2);
              simulation.clock().nanoTime();
              holders[one]--;
              holders[other]--;
              hold.get().close();
            }
          } catch (InterruptedException nothingTaken) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
          assertThat(locks.holders()).doesNotContainValue(Thread.currentThread());
        }
      }));
    }
    simulation.interruptSometime(threads.get(0));
    for (var thread : threads) {
      thread.join();
    }
    assertThat(locks.size()).isZero();
  }

  private static ManagedExecutor executor(Simulation simulation) {
    return ManagedExecutor.virtual("sim")
        .concurrency(2)
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .failureListener((name, failure) -> {}) // of a flight that everybody has left
        .build();
  }

  private static KeyedExecutor<Integer> keyed(Simulation simulation, ManagedExecutor executor) {
    return KeyedExecutor.<Integer>builder(executor)
        .queue(1 + simulation.random().nextInt(3))
        .parallelism(1 + simulation.random().nextInt(2))
        .yieldAfter(1 + simulation.random().nextInt(2))
        .timeSource(simulation.clock())
        .build();
  }

  private static void order(Simulation simulation) throws Exception {
    var executor = executor(simulation);
    var keyed = keyed(simulation, executor);
    var running = new int[2];
    var last = new int[] {-1, -1};
    var accepted = new ArrayList<CompletableFuture<Integer>>();
    var submitters = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      var key = i; // one submitter for each key, so that the order is known
      submitters.add(simulation.fork("submitter-" + i, () -> {
        for (int j = 0; j < 5; j++) {
          var number = j;
          try {
            accepted.add(keyed.submit(key, () -> {
              assertThat(++running[key]).isEqualTo(1);
              simulation.point();
              assertThat(number).isGreaterThan(last[key]);
              last[key] = number;
              running[key]--;
              return number;
            }));
          } catch (InterruptedException notAccepted) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
        }
        try {
          assertThat(keyed.drain(key, Duration.ofDays(1))).isTrue();
        } catch (InterruptedException early) {
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
      }));
    }
    simulation.interruptSometime(submitters.get(0));
    try {
      for (var submitter : submitters) {
        submitter.join();
      }
    } finally {
      assertThat(executor.drain(Duration.ofDays(1)).isClean()).isTrue();
    }
    assertThat(accepted).allSatisfy(task -> assertThat(task.join()).isNotNull());
    assertThat(keyed.size()).isZero();
  }

  private static void cancellation(Simulation simulation) throws Exception {
    var executor = executor(simulation);
    var keyed = keyed(simulation, executor);
    var never = new CountDownLatch(1);
    var tasks = new ArrayList<CompletableFuture<String>>();
    var submitter = simulation.fork("submitter", () -> {
      for (int i = 0; i < 4; i++) {
        tasks.add(keyed.submit(1, () -> {
          never.await();
          return "never";
        }));
      }
    });
    while (submitter.isAlive() || keyed.size() > 0) {
      keyed.cancel(1);
      simulation.point();
    }
    assertThat(tasks).hasSize(4).allMatch(CompletableFuture::isCancelled);
    var next = keyed.submit(1, () -> Thread.currentThread().isInterrupted());
    assertThat(next.join()).isFalse();
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }

  /** Whatever the executor does, every accepted task ends. */
  private static void shutdown(Simulation simulation) throws Exception {
    var executor = executor(simulation);
    var keyed = keyed(simulation, executor);
    var tasks = new ArrayList<CompletableFuture<String>>();
    var submitter = simulation.fork("submitter", () -> {
      try {
        for (int i = 0; i < 6; i++) {
          tasks.add(keyed.submit(i % 2, () -> {
            simulation.clock().sleep(micros(10));
            return "done";
          }));
        }
      } catch (RejectedExecutionException | CancellationException ended) {
        assertThat(executor.isShutdown()).isTrue();
      }
    });
    simulation.clock().sleep(micros(simulation.random().nextInt(30)));
    executor.drain(micros(simulation.random().nextInt(30)));
    submitter.join();
    for (var task : tasks) {
      try {
        task.join();
      } catch (CompletionException | CancellationException notRun) {
        assertThat(executor.isShutdown()).isTrue();
      }
    }
    assertThat(executor.isTerminated()).isTrue();
    assertThat(keyed.size()).isZero();
  }

  private static void flight(Simulation simulation) throws Exception {
    var executor = executor(simulation);
    var flights = SingleFlight.<String, String>on(executor, simulation.clock());
    var running = new int[1];
    var callers = new ArrayList<Thread>();
    var isFailing = simulation.random().nextBoolean();
    var mayLeave = simulation.random().nextBoolean();
    for (int i = 0; i < 4; i++) {
      callers.add(simulation.fork("caller-" + i, () -> {
        try {
          var result = flights.get(
              "key",
              () -> {
                if (++running[0] > 1) {
                  assertThat(mayLeave)
                      .as("one that was left may still be ending")
                      .isTrue();
                }
                try {
                  simulation.clock().sleep(micros(5));
                  if (isFailing) {
                    throw new IOException("broken");
                  }
                  return "result";
                } finally {
                  running[0]--;
                }
              },
              mayLeave ? micros(simulation.random().nextInt(20)) : Duration.ofDays(1));
          assertThat(result).isEqualTo("result");
          assertThat(isFailing).isFalse();
        } catch (InterruptedException early) {
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
        } catch (ExecutionException failed) {
          assertThat(failed).hasCauseInstanceOf(IOException.class);
          assertThat(isFailing).isTrue();
        } catch (TimeoutException late) {
          assertThat(late).hasMessage("no result in time for key 'key'");
        }
      }));
    }
    if (mayLeave) {
      simulation.interruptSometime(callers.get(0));
      simulation.interruptSometime(callers.get(1));
    }
    for (var caller : callers) {
      caller.join();
    }
    executor.close();
    assertThat(running[0]).isZero();
    assertThat(flights.size()).isZero();
  }

  /** The work ends when nobody waits for it any more. */
  private static void leaving(Simulation simulation) throws Exception {
    var executor = executor(simulation);
    var flights = SingleFlight.<String, String>on(executor, simulation.clock());
    var never = new CountDownLatch(1);
    var callers = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      callers.add(simulation.fork("caller-" + i, () -> {
        try {
          flights.get(
              "key",
              () -> {
                never.await();
                return "never";
              },
              micros(simulation.random().nextInt(30)));
          throw new AssertionError("there cannot be a result");
        } catch (TimeoutException expected) {
          assertThat(expected).isNotNull();
        }
      }));
    }
    for (var caller : callers) {
      caller.join();
    }
    assertThat(executor.drain(Duration.ofDays(1)).stuck()).isEmpty();
    assertThat(flights.size()).isZero();
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(micros * 1_000L);
  }
}
