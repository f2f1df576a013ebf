package dev.touchstone.concurrency.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  /** A counter with a race: a thread may switch between the read and the write. */
  private static final class Counter {

    private final Simulation simulation;
    private int count;

    Counter(Simulation simulation) {
      this.simulation = simulation;
    }

    void increment() {
      var read = count;
      simulation.point();
      count = read + 1;
    }
  }

  @Test
  void explore() {
    assertThatExceptionOfType(SimulationError.class)
        .isThrownBy(() -> {
          // @start region="explore"
          Simulation.explore(100, simulation -> {
            var counter = new Counter(simulation);
            var first = simulation.fork("first", counter::increment);
            var second = simulation.fork("second", counter::increment);
            first.join();
            second.join();
            assertThat(counter.count).isEqualTo(2);
          });
          // @end
        })
        .withMessageContaining("replay: Simulation.run(");
  }
}
