package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.touchstone.concurrency.testing.Simulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Executors whose queue is not a line. */
class PriorityTest {

  private static final ToLongFunction<Object> URGENCY =
      work -> work instanceof Job job ? job.urgency() : 0;

  private record Job(int urgency, String name, List<String> order) implements Runnable {

    @Override
    public void run() {
      order.add(name);
    }
  }

  @Test
  void startsTheMostUrgentFirstAndEqualsInTheOrderOfTheirArrival() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var gate = new CountDownLatch(1);
    try (var executor =
        ManagedExecutor.virtual("io").concurrency(1).priority(URGENCY).build()) {
      executor.execute(() -> awaitQuietly(gate));
      executor.execute(new Job(1, "low", order));
      executor.execute(new Job(9, "high", order));
      executor.execute(() -> order.add("none"));
      executor.execute(new Job(1, "low too", order));
      executor.execute(new Job(9, "high too", order));
      var withdrawn = executor.submit(new Job(9, "withdrawn", order));

      withdrawn.cancel(false);
      gate.countDown();
    }

    assertThat(order).containsExactly("high", "high too", "low", "low too", "none");
  }

  @Test
  void keepsTheBoundOfTheQueueAndLosesNothing() {
    Simulation.explore(200, simulation -> {
      var random = simulation.random();
      var executor = ManagedExecutor.virtual("sim")
          .concurrency(1)
          .queue(2)
          .priority(work -> random.nextInt(3))
          .timeSource(simulation.clock())
          .threadFactory(simulation.threadFactory())
          .build();
      var ran = new int[1];
      var cancelled = new int[1];
      var submitters = new ArrayList<Thread>();
      for (int i = 0; i < 3; i++) {
        submitters.add(simulation.fork("submitter-" + i, () -> {
          for (int j = 0; j < 4; j++) {
            var task = executor.submit(() -> {
              simulation.point();
              return ++ran[0];
            });
            assertThat(executor.snapshot().queued()).isLessThanOrEqualTo(2);
            if (j % 2 == 0 && task.cancel(false)) {
              cancelled[0]++;
            }
          }
        }));
      }
      for (var submitter : submitters) {
        submitter.join();
      }

      executor.close();

      var counts = executor.snapshot();
      assertThat(counts.completed() + counts.cancelled()).isEqualTo(12);
      assertThat(counts.cancelled()).isEqualTo(cancelled[0]);
    });
  }

  @Test
  void failsTheSubmissionWhenThePriorityCannotBeTold() {
    try (var executor = ManagedExecutor.virtual("io")
        .priority(work -> {
          throw new IllegalArgumentException("expected");
        })
        .build()) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> executor.submit(() -> "never"))
          .withMessage("expected");
      assertThat(executor.snapshot().active()).isZero();
    }
  }

  @Test
  void doesNotDiscardTheOldestWhateverItIs() {
    var builder =
        ManagedExecutor.virtual("io").priority(URGENCY).saturation(Saturation.DISCARD_OLDEST);

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("DISCARD_OLDEST would discard a task whatever its priority: choose another"
            + " saturation, or leave priority out");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
