package dev.touchstone.concurrency.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.VirtualMachine;
import org.junit.jupiter.api.Test;

/** A simulation that cannot schedule its threads must not look like one that found nothing. */
class MissingOptionTest {

  /** Started without {@code --add-opens}. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) {
      try {
        Simulation.explore(1, simulation -> System.out.println("ran"));
      } catch (IllegalStateException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }

  @Test
  void isRefusedWithTheOptionThatIsMissing() throws Exception {
    assertThat(VirtualMachine.run(Program.class).lines())
        .containsExactly("a simulation has to schedule virtual threads itself: start this virtual"
            + " machine (JDK " + Runtime.version().feature()
            + ") with --add-opens java.base/java.lang=ALL-UNNAMED");
  }
}
