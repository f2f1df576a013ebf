package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when a virtual machine exits: each test starts one. */
class ShutdownAtExitTest {

  /** Exits, with or without closing before; the part tells when it is closed. */
  static final class Application {

    private Application() {}

    public static void main(String[] arguments) {
      var coordinator = ShutdownCoordinator.builder()
          .add("only", "part", () -> System.out.println("closed"))
          .atExit(Duration.ofSeconds(30))
          .build();
      if (arguments.length > 0) {
        coordinator.close(Duration.ofSeconds(30));
      }
      System.out.println("exits");
      System.exit(7);
    }
  }

  @Test
  void closesTheParts() throws Exception {
    assertThat(VirtualMachine.run(Application.class))
        .isEqualTo(new VirtualMachine.Run(7, List.of("exits", "closed")));
  }

  @Test
  void doesNotCloseThemTwice() throws Exception {
    assertThat(VirtualMachine.run(Application.class, "close first"))
        .isEqualTo(new VirtualMachine.Run(7, List.of("closed", "exits")));
  }

  @Test
  void needsTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShutdownCoordinator.builder().atExit(Duration.ZERO))
        .withMessage("limit must be positive, was PT0S");
  }
}
