package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FlightTest {

  private final Flight<String> flight = new Flight<>();

  @Test
  void nobodyJoinsAFlightThatEverybodyHasLeft() {
    try (var executor = ManagedExecutor.virtual("flight").build()) {
      var task = executor.submit(() -> {
        new CountDownLatch(1).await();
        return "never";
      });
      flight.startedAs(task);
      assertThat(flight.join()).isTrue();

      assertThat(flight.leave()).as("one is left").isNull();
      assertThat(flight.leave()).isSameAs(task);
      assertThat(flight.join()).isFalse();
      task.cancel(true);
    }
  }

  @Test
  void nobodyJoinsOrCancelsAFlightThatHasLanded() {
    flight.land("result", null);

    assertThat(flight.join()).isFalse();
    assertThat(flight.leave()).isNull();
  }
}
