package dev.touchstone.concurrency.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

  private static final int SEEDS = 200;

  static List<Strategy> strategies() {
    return List.of(Strategy.RANDOM, Strategy.pct(2), Strategy.pct(3), Strategy.ROUND_ROBIN);
  }

  /** Two producers and two consumers over a queue of the JDK. */
  private static void transfer(Simulation simulation) throws InterruptedException {
    var queue = new ArrayBlockingQueue<Integer>(1);
    var received = new ArrayList<Integer>();
    var threads = new ArrayList<Thread>();
    for (int producer = 0; producer < 2; producer++) {
      var first = producer * 10;
      threads.add(simulation.fork("producer-" + producer, () -> {
        for (int i = first; i < first + 3; i++) {
          queue.put(i);
          simulation.point();
        }
      }));
      threads.add(simulation.fork("consumer-" + producer, () -> {
        for (int i = 0; i < 3; i++) {
          received.add(queue.take());
          simulation.point();
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(received).containsExactlyInAnyOrder(0, 1, 2, 10, 11, 12);
  }

  @Nested
  class Schedules {

    @ParameterizedTest
    @MethodSource("dev.touchstone.concurrency.testing.SimulationTest#strategies")
    void ofOneSeedAreIdentical(Strategy strategy) {
      for (long seed = 0; seed < SEEDS; seed++) {
        var first = Simulation.run(seed, strategy, SimulationTest::transfer);
        var second = Simulation.run(seed, strategy, SimulationTest::transfer);

        assertThat(second).isEqualTo(first);
      }
    }

    @Test
    void ofDifferentSeedsDiffer() {
      var schedules = new HashSet<List<String>>();

      for (long seed = 0; seed < SEEDS; seed++) {
        schedules.add(Simulation.run(seed, SimulationTest::transfer).switches());
      }

      assertThat(schedules).hasSizeGreaterThan(SEEDS / 2);
    }

    @Test
    void areMadeOfVirtualThreads() {
      Simulation.run(
          0, simulation -> assertThat(Thread.currentThread().isVirtual()).isTrue());
    }

    @Test
    void includeThreadsThatTheScenarioStartsItself() {
      var trace = Simulation.run(0, simulation -> {
        var started = Thread.ofVirtual().name("own").start(simulation::point);
        started.join();
      });

      assertThat(trace.switches()).contains("own", "main");
    }
  }

  @Nested
  class Finds {

    @ParameterizedTest
    @MethodSource("dev.touchstone.concurrency.testing.SimulationTest#strategies")
    void aDeadlockOfTwoLocks(Strategy strategy) {
      assertThatExceptionOfType(DeadlockError.class)
          .isThrownBy(() -> search(strategy, simulation -> {
            var left = new ReentrantLock();
            var right = new ReentrantLock();
            simulation.fork("left-right", () -> lockBoth(simulation, left, right));
            simulation.fork("right-left", () -> lockBoth(simulation, right, left));
          }))
          .withMessageContaining("every thread waits, and no timer is left")
          .withMessageContaining("thread 'left-right'")
          .withMessageContaining("thread 'right-left'")
          .withMessageContaining("SimulationTest$Finds.lockBoth");
    }

    private static void lockBoth(Simulation simulation, ReentrantLock one, ReentrantLock two) {
      one.lock();
      try {
        simulation.point();
        two.lock();
        two.unlock();
      } finally {
        one.unlock();
      }
    }

    @Test
    void aLostWakeUp() {
      assertThatExceptionOfType(DeadlockError.class)
          .isThrownBy(() -> search(Strategy.RANDOM, simulation -> {
            var waiter = new CompletableFuture<Thread>();
            var ready = new boolean[1];
            simulation.fork("waiter", () -> {
              if (!ready[0]) {
                simulation.point(); // the waker may come and go here
                waiter.complete(Thread.currentThread());
                LockSupport.park();
              }
            });
            simulation.fork("waker", () -> {
              ready[0] = true;
              LockSupport.unpark(waiter.getNow(null));
            });
          }))
          .withMessageContaining("thread 'waiter'");
    }

    @Test
    void aRaceWhoseSeedFailsAgain() {
      Simulation.Scenario race = simulation -> {
        var count = new int[1];
        Simulation.Body increment = () -> {
          var read = count[0];
          simulation.point();
          count[0] = read + 1;
        };
        var first = simulation.fork("first", increment);
        simulation.fork("second", increment).join();
        first.join();
        assertThat(count[0]).isEqualTo(2);
      };

      var found = catchError(() -> search(Strategy.RANDOM, race));
      var again = catchError(() -> Simulation.run(found.trace().seed(), race));

      assertThat(again.trace()).isEqualTo(found.trace());
      assertThat(again).hasMessage(found.getMessage());
      assertThat(found.getMessage())
          .startsWith("the scenario failed: ")
          .contains("replay: Simulation.run(" + found.trace().seed() + ", Strategy.RANDOM");
    }

    @Test
    void aFailureOnAThreadOfItsFactory() {
      assertThatExceptionOfType(SimulationError.class)
          .isThrownBy(() -> Simulation.run(
              0,
              simulation -> simulation
                  .threadFactory()
                  .newThread(() -> {
                    throw new IllegalStateException("expected");
                  })
                  .start()))
          .withMessageStartingWith(
              "the scenario failed: java.lang.IllegalStateException: expected");
    }

    @Test
    void aThreadThatNeverEnds() {
      assertThatExceptionOfType(SimulationError.class)
          .isThrownBy(() -> Simulation.run(0, simulation -> {
            while (!Thread.currentThread().isInterrupted()) {
              simulation.point();
            }
          }))
          .withMessageStartingWith("no end after 100000 switches");
    }

    private static void search(Strategy strategy, Simulation.Scenario scenario) {
      for (long seed = 0; seed < SEEDS; seed++) {
        Simulation.run(seed, strategy, scenario);
      }
    }

    private static SimulationError catchError(Runnable run) {
      try {
        run.run();
      } catch (SimulationError found) {
        return found;
      }
      throw new AssertionError("no schedule failed");
    }
  }

  @Nested
  class Time {

    @Test
    void jumpsWhenAllWait() {
      var trace = Simulation.run(0, simulation -> simulation.clock().sleep(Duration.ofDays(365)));

      assertThat(trace.elapsed()).isBetween(Duration.ofDays(365), Duration.ofDays(366));
    }

    @Test
    void ringsInOrder() {
      Simulation.explore(SEEDS, simulation -> {
        var order = new ArrayList<Integer>();
        for (int i : List.of(3, 1, 2)) {
          simulation.clock().schedule(() -> order.add(i), Duration.ofSeconds(i));
        }
        simulation.clock().sleep(Duration.ofSeconds(4));
        assertThat(order).containsExactly(1, 2, 3);
      });
    }

    @Test
    void doesNotRingACancelledTimer() {
      Simulation.explore(SEEDS, simulation -> {
        var rung = new boolean[1];
        var timer = simulation.clock().schedule(() -> rung[0] = true, Duration.ofSeconds(1));
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        simulation.clock().sleep(Duration.ofSeconds(2));
        assertThat(rung[0]).isFalse();
      });
    }

    @Test
    void ofTheJdkIsRealTime() {
      Simulation.run(0, simulation -> Thread.sleep(Duration.ofMillis(1)));
    }
  }

  @Nested
  class Interruptions {

    @Test
    void comeAtDifferentMoments() {
      var outcomes = new HashSet<String>();
      for (long seed = 0; seed < SEEDS; seed++) {
        Simulation.run(seed, simulation -> {
          var latch = new CountDownLatch(1);
          var waiter = simulation.fork("waiter", () -> {
            try {
              latch.await();
              outcomes.add("in time");
            } catch (InterruptedException early) {
              outcomes.add("interrupted");
            }
          });
          simulation.interruptSometime(waiter);
          for (int i = 0; i < 10; i++) {
            simulation.point();
          }
          latch.countDown();
        });
      }

      assertThat(outcomes).containsExactlyInAnyOrder("in time", "interrupted");
    }
  }

  @Nested
  class Misuse {

    @Test
    void onAVirtualThreadIsRefused() throws Exception {
      var thrown = new CompletableFuture<Throwable>();

      Thread.startVirtualThread(() -> {
        try {
          Simulation.run(0, simulation -> {});
        } catch (IllegalStateException expected) {
          thrown.complete(expected);
        }
      });

      assertThat(thrown.get())
          .hasMessage("a simulation cannot run on a virtual thread: call it from a platform thread,"
              + " which carries the simulated ones");
    }

    @Test
    void withoutSeedsIsRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Simulation.explore(0, simulation -> {}))
          .withMessage("seeds must be at least 1, was 0");
    }

    @Test
    void withoutDepthIsRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Strategy.pct(0))
          .withMessage("depth must be at least 1, was 0");
    }
  }
}
