package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.concurrency.executor.ShutdownReport.Outcome;
import dev.touchstone.concurrency.executor.ShutdownReport.Part;
import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShutdownCoordinatorTest {

  private static final int SEEDS = 100;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static ShutdownCoordinator.Builder builder(Simulation simulation) {
    return ShutdownCoordinator.builder()
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory());
  }

  @Nested
  class Phases {

    @Test
    void followEachOther() {
      Simulation.explore(SEEDS, simulation -> {
        var order = new ArrayList<String>();
        var coordinator = builder(simulation)
            .add("first", "a", () -> {
              simulation.clock().sleep(Duration.ofSeconds(3));
              order.add("a");
            })
            .add("second", "b", () -> order.add("b"))
            .add("first", "c", () -> order.add("c"))
            .build();

        var report = coordinator.close(MINUTE);

        assertThat(order).containsExactly("c", "a", "b");
        assertThat(report.isClean()).isTrue();
        assertThat(report.parts())
            .extracting(Part::phase, Part::name)
            .containsExactly(tuple("first", "a"), tuple("first", "c"), tuple("second", "b"));
      });
    }

    @Test
    void closeTheirPartsAtTheSameTime() {
      Simulation.explore(SEEDS, simulation -> {
        var both = new CountDownLatch(2);
        AutoCloseable part = () -> {
          both.countDown();
          both.await();
        };

        var report = builder(simulation)
            .add("only", "a", part)
            .add("only", "b", part)
            .build()
            .close(MINUTE);

        assertThat(report.isClean()).isTrue();
      });
    }
  }

  @Nested
  class Reports {

    @Test
    void tellWhatFailedAndWhatWasLate() {
      Simulation.explore(SEEDS, simulation -> {
        var failure = new IllegalStateException("expected");
        var interrupted = new CountDownLatch(1);
        var closed = new boolean[1];
        var coordinator = builder(simulation)
            .add("first", "failing", () -> {
              throw failure;
            })
            .add("first", "late", () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException expected) {
                interrupted.countDown();
              }
            })
            .add("second", "after the deadline", () -> closed[0] = true)
            .build();

        var report = coordinator.close(MINUTE);

        assertThat(report.isClean()).isFalse();
        assertThat(report.parts().getFirst().failure()).containsSame(failure);
        assertThat(report.parts())
            .extracting(Part::outcome)
            .containsExactly(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.CLOSED);
        assertThat(report.parts().get(1).took())
            .isBetween(MINUTE.minusMillis(1), MINUTE.plusMillis(1));
        interrupted.await();
        assertThat(closed[0]).isTrue();
      });
    }

    @Test
    void countTheTasksThatWereCancelled() {
      Simulation.explore(SEEDS, simulation -> {
        var executor = ManagedExecutor.virtual("io")
            .timeSource(simulation.clock())
            .threadFactory(simulation.threadFactory())
            .build();
        var task = executor.submit(() -> {
          new CountDownLatch(1).await();
          return "never";
        });

        var report = builder(simulation).add("only", executor).build().close(MINUTE);

        assertThat(report.parts())
            .extracting(Part::name, Part::outcome)
            .containsExactly(tuple("io", Outcome.CANCELLED));
        assertThat(task.isCancelled()).isTrue();
      });
    }

    @Test
    void tellOfPartsWithoutAThread() {
      Simulation.explore(SEEDS, simulation -> {
        var broken = new IllegalStateException("no more threads");
        var asked = new int[1];
        var closed = new boolean[1];
        var coordinator = builder(simulation)
            .threadFactory(work -> switch (++asked[0]) {
              case 1 -> null;
              case 2 -> throw broken;
              default -> simulation.threadFactory().newThread(work);
            })
            .add("only", "first", () -> {})
            .add("only", "second", () -> {})
            .add("only", "third", () -> closed[0] = true)
            .build();

        var report = coordinator.close(MINUTE);

        assertThat(report.parts())
            .extracting(Part::outcome)
            .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.CLOSED);
        assertThat(report.parts().get(0).failure().orElseThrow())
            .hasMessage("the thread factory returned null");
        assertThat(report.parts().get(1).failure()).containsSame(broken);
        assertThat(closed[0]).isTrue();
        assertThat(coordinator.close(MINUTE)).isSameAs(report);
      });
    }

    @Test
    void areTheSameForEveryCaller() {
      Simulation.explore(SEEDS, simulation -> {
        var closings = new int[1];
        var coordinator =
            builder(simulation).add("only", "part", () -> closings[0]++).build();
        var other = new ArrayList<ShutdownReport>();
        var caller = simulation.fork("caller", () -> other.add(coordinator.close(MINUTE)));

        var report = coordinator.close(MINUTE);

        caller.join();
        assertThat(other).containsExactly(report);
        assertThat(closings[0]).isEqualTo(1);
      });
    }
  }

  @Nested
  class Interruption {

    @Test
    void endsTheTimeAndKeepsTheFlag() {
      Simulation.explore(SEEDS, simulation -> {
        var coordinator = builder(simulation)
            .add("first", "deaf to time", () -> new CountDownLatch(1).await())
            .add("second", "part", () -> {})
            .build();
        Thread.currentThread().interrupt();

        var report = coordinator.close(Duration.ofDays(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.parts()).hasSize(2);
        assertThat(report.isClean()).isFalse();
      });
    }

    @Test
    void endsTheTimeOfAllPartsOfAPhase() {
      Simulation.explore(SEEDS, simulation -> {
        AutoCloseable deafToTime = () -> new CountDownLatch(1).await();
        var coordinator = builder(simulation)
            .add("only", "one", deafToTime)
            .add("only", "other", deafToTime)
            .build();
        Thread.currentThread().interrupt();

        var report = coordinator.close(Duration.ofDays(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.parts()).hasSize(2).allSatisfy(part -> {
          assertThat(part.outcome()).isEqualTo(Outcome.TIMED_OUT);
          assertThat(part.took()).isLessThan(Duration.ofSeconds(1));
        });
      });
    }
  }
}
