package dev.touchstone.concurrency.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  @Test
  void endsWhenItsTimeHasComeAndNotBefore() {
    Simulation.run(1, simulation -> {
      var clock = simulation.clock();
      var patience = Patience.of(Duration.ofSeconds(1), clock);
      assertThat(patience.isOver()).isFalse();

      clock.sleep(Duration.ofSeconds(1));

      assertThat(patience.isOver()).isTrue();
      assertThat(patience.park(this)).as("without parking").isFalse();
    });
  }

  @Test
  void isOverAtOnceIfThereIsNoTime() {
    Simulation.run(1, simulation -> {
      assertThat(Patience.of(Duration.ZERO, simulation.clock()).isOver()).isTrue();
      assertThat(Patience.of(Duration.ofSeconds(-1), simulation.clock()).isOver())
          .isTrue();
    });
  }

  @Test
  void neverEndsIfItIsEndless() {
    Simulation.run(1, simulation -> {
      var patience = Patience.endless(simulation.clock());

      simulation.clock().sleep(Duration.ofDays(365));

      assertThat(patience.isOver()).isFalse();
    });
  }
}
