package dev.touchstone.concurrency;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the scenarios that the static method {@code scenarios} of a subclass returns. */
public abstract class UnderManySchedules {

  @ParameterizedTest
  @MethodSource("scenarios")
  public final void holdsUnderManySchedules(Scenario scenario) {
    Simulation.explore(300, scenario);
  }

  @Tag("stress")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("scenarios")
  public final void holdsUnderTenThousandSchedules(Scenario scenario) {
    Simulation.explore(10_000, scenario);
  }
}
