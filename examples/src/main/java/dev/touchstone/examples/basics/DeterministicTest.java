package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.SimulationError;
import java.io.PrintWriter;

/**
 * A race that a test finds, and finds again.
 *
 * <p>Two threads increment a counter by reading it and writing it back. Run with real threads this
 * mostly works, which is the trouble. The simulation runs the threads one at a time and lets a seed
 * decide who goes on at each switch; it tries seed after seed until the count is wrong, and the seed
 * that fails today fails tomorrow and on every machine.
 *
 * <p>It needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}, which the launcher passes.
 */
final class DeterministicTest {

  private static final int SEEDS = 1_000;

  private DeterministicTest() {}

  static void run(PrintWriter out) {
    try {
      Simulation.explore(SEEDS, DeterministicTest::twoIncrements);
      out.println("no schedule out of " + SEEDS + " lost an increment");
    } catch (SimulationError e) {
      out.println("a schedule was found: " + e.getCause());
      var trace = e.trace();
      try {
        Simulation.run(trace.seed(), trace.strategy(), DeterministicTest::twoIncrements);
      } catch (SimulationError again) {
        out.println(
            "the same schedule again: " + again.trace().switches().equals(trace.switches()));
      }
    }
  }

  private static void twoIncrements(Simulation simulation) throws InterruptedException {
    var counter = new int[1];
    Simulation.Body increment = () -> {
      int read = counter[0];
      simulation.point(); // where another thread may go on
      counter[0] = read + 1;
    };
    var one = simulation.fork("one", increment);
    var other = simulation.fork("other", increment);
    one.join();
    other.join();
    if (counter[0] != 2) {
      throw new AssertionError("two increments made " + counter[0]);
    }
  }
}
