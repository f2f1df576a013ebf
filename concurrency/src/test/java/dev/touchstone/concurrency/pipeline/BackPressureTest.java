package dev.touchstone.concurrency.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bound on the elements under way. The JDK's ordered {@code mapConcurrent} once started work
 * without a bound while the first element was slow (JDK-8347274), since it did not count what was
 * finished but not passed on.
 */
class BackPressureTest {

  private static final int THREADS = 3;
  private static final int BUFFER = 5;

  static List<Named<UnaryOperator<Stage<Integer, Integer>>>> orders() {
    return List.of(
        Named.of("ordered", Stage::ordered),
        Named.of("unordered", Stage::unordered),
        Named.of("ordered by key", stage -> stage.orderedBy(n -> n)));
  }

  /** All wait for the sink: the source has one element in hand, the sink one and its buffer. */
  @ParameterizedTest
  @MethodSource("orders")
  void holdsWhileTheSinkBlocks(UnaryOperator<Stage<Integer, Integer>> order) {
    Simulation.explore(100, simulation -> {
      var given = new int[1];
      var goOn = new CountDownLatch(1);
      var stage = Pipeline.generate(() -> given[0] == 100 ? null : given[0]++)
          .buffer(BUFFER)
          .map("work", n -> {
            simulation.point();
            return n;
          })
          .parallel(THREADS);
      var run = order
          .apply(stage)
          .buffer(2)
          .to("block", n -> goOn.await())
          .timeSource(simulation.clock())
          .start(work -> simulation.fork("stage", work::run));

      simulation.clock().sleep(Duration.ofHours(1));

      assertThat(given[0]).isLessThanOrEqualTo(1 + THREADS + BUFFER + 1 + 2);
      assertThat(run.stages().get(1).inFlight()).isLessThanOrEqualTo(THREADS + BUFFER);
      goOn.countDown();
      run.await();
      assertThat(run.stages().getLast().out()).isEqualTo(100);
    });
  }

  /** The first element is slow and the others are not: finished ones count until they are out. */
  @ParameterizedTest
  @CsvSource({"2, 0", "2, 1", "3, 5", "8, 16"})
  void countsWhatIsFinishedButNotPassedOn(int threads, int buffer) {
    Simulation.explore(100, simulation -> {
      var given = new int[1];
      var goOn = new CountDownLatch(1);
      var run = Pipeline.generate(() -> given[0] == 200 ? null : given[0]++)
          .buffer(buffer)
          .map("first is slow", n -> {
            if (n == 0) {
              goOn.await();
            }
            return n;
          })
          .parallel(threads)
          .toList()
          .timeSource(simulation.clock())
          .start(work -> simulation.fork("stage", work::run));

      simulation.clock().sleep(Duration.ofHours(1));

      assertThat(given[0]).isEqualTo(1 + threads + buffer);
      assertThat(run.stages().get(1).inFlight()).isEqualTo(threads + buffer);
      goOn.countDown();
      assertThat(run.await()).hasSize(200).isSorted();
    });
  }

  /** A batch holds its elements beside the buffer. */
  @ParameterizedTest
  @CsvSource({"1, 0", "4, 2"})
  void holdsForBatches(int max, int buffer) {
    Simulation.explore(50, simulation -> {
      var given = new int[1];
      var goOn = new CountDownLatch(1);
      var run = Pipeline.generate(() -> given[0] == 100 ? null : given[0]++)
          .buffer(buffer)
          .batch(max, Duration.ofHours(1))
          .to("block", batch -> goOn.await())
          .timeSource(simulation.clock())
          .start(work -> simulation.fork("stage", work::run));

      simulation.clock().sleep(Duration.ofHours(2));

      assertThat(given[0]).isEqualTo(1 + buffer + max);
      goOn.countDown();
      run.await();
    });
  }
}
