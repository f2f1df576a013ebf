package dev.touchstone.concurrency.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final int SEEDS = 300;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Gate gate = new Gate(TimeSource.system(), "the gate");

  @Test
  void letsThroughWhoWaitsAndWhoComes() {
    Simulation.explore(SEEDS, simulation -> {
      var gate = new Gate(simulation.clock(), "the gate");
      var written = new int[1];
      var waiters = List.of(
          simulation.fork("endless", () -> {
            gate.await();
            assertThat(written[0]).isEqualTo(1);
          }),
          simulation.fork(
              "patient", () -> assertThat(gate.await(Duration.ofHours(1))).isTrue()),
          simulation.fork("stubborn", () -> {
            Thread.currentThread().interrupt();
            assertThat(gate.awaitUninterruptibly(Duration.ofHours(1))).isTrue();
            assertThat(Thread.interrupted()).isTrue();
          }));

      if (simulation.random().nextBoolean()) {
        simulation.clock().sleep(SECOND); // all of them are waiting
      }
      written[0] = 1;
      gate.open();

      for (var waiter : waiters) {
        waiter.join();
      }
      assertThat(gate.isOpen()).isTrue();
      assertThat(gate.await(Duration.ZERO)).isTrue();
    });
  }

  @Test
  void isGivenUpWhenTheTimeIsOver() {
    Simulation.explore(SEEDS, simulation -> {
      var gate = new Gate(simulation.clock(), "the gate");
      var start = simulation.clock().nanoTime();

      assertThat(gate.await(SECOND)).isFalse();
      assertThat(gate.awaitUninterruptibly(SECOND)).isFalse();

      assertThat(Duration.ofNanos(simulation.clock().nanoTime() - start))
          .isBetween(SECOND.multipliedBy(2), SECOND.multipliedBy(3));
      assertThat(gate.isOpen()).isFalse();
    });
  }

  @Test
  void doesNotLetThroughWhoComesInterrupted() {
    gate.open();
    Thread.currentThread().interrupt();

    assertThatThrownBy(gate::await)
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted before waiting at the gate");
    assertThat(Thread.interrupted()).isFalse();
  }
}
