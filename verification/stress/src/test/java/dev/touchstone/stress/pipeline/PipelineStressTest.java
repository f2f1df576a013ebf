package dev.touchstone.stress.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.concurrency.pipeline.ErrorPolicy;
import dev.touchstone.concurrency.pipeline.Pipeline;
import dev.touchstone.concurrency.pipeline.PipelineFailedException;
import dev.touchstone.concurrency.pipeline.PipelineRun;
import dev.touchstone.concurrency.pipeline.Stage;
import dev.touchstone.concurrency.pipeline.StageStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pipelines on real threads, platform and virtual ones mixed, which are stopped, cancelled or
 * interrupted at any moment, while their stages fail now and then: no element is lost or counted
 * twice, the order holds, and every thread ends.
 */
@Timeout(900)
class PipelineStressTest {

  private static final int ROUNDS = Boolean.getBoolean("touchstone.stress") ? 2_000 : 15;
  private static final int MOST_ELEMENTS = 20_000;

  private enum Kind {
    ORDERED(Stage::ordered),
    UNORDERED(Stage::unordered),
    ORDERED_BY_KEY(stage -> stage.orderedBy(n -> n % 16));

    private final UnaryOperator<Stage<Integer, Integer>> order;

    Kind(UnaryOperator<Stage<Integer, Integer>> order) {
      this.order = order;
    }
  }

  @ParameterizedTest
  @EnumSource
  void conservesElements(Kind kind) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      new Round(kind, round).run();
    }
  }

  private static final class Round {

    private final Kind kind;
    private final Random random;
    private final AtomicInteger given = new AtomicInteger();
    private final LongAdder undelivered = new LongAdder();
    private final List<Integer> delivered = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Round(Kind kind, long seed) {
      this.kind = kind;
      random = new Random(seed);
    }

    void run() throws Exception {
      var elements = random.nextInt(MOST_ELEMENTS);
      var run = kind.order
          .apply(Pipeline.generate(() -> given.get() == elements ? null : given.getAndIncrement())
              .buffer(random.nextInt(20))
              .map("work", this::work)
              .parallel(1 + random.nextInt(4)))
          .onError(ErrorPolicy.retry(1, Backoff.constant(Duration.ZERO)).orElse(ErrorPolicy.skip()))
          .batch(1 + random.nextInt(64), Duration.ofNanos(random.nextInt(100_000)))
          .to("add", delivered::addAll)
          .onUndelivered((stage, element) -> undelivered.add(sizeOf(element)))
          .start(this::start);
      disturb(run);
      try {
        run.await();
        assertThat(undelivered.sum()).isZero();
      } catch (CancellationException cancelled) {
        assertThat(undelivered.sum()).isNotNegative();
      } catch (PipelineFailedException failed) {
        throw new AssertionError("no policy lets the run fail", failed);
      }
      for (var thread : threads) {
        thread.join();
      }
      check(run.stages());
    }

    private static int sizeOf(Object element) {
      return element instanceof List<?> batch ? batch.size() : 1;
    }

    private Integer work(Integer element) {
      var dice = ThreadLocalRandom.current().nextInt(1_000);
      if (dice < 20) {
        throw new IllegalStateException("bad luck");
      }
      if (dice < 30) {
        Thread.yield();
      }
      return element;
    }

    private void start(Runnable work) {
      var builder = random.nextBoolean() ? Thread.ofVirtual() : Thread.ofPlatform();
      threads.add(builder.start(work));
    }

    private void disturb(PipelineRun<?> run) {
      var moment = random.nextInt(MOST_ELEMENTS);
      while (given.get() < moment && !run.isDone()) {
        Thread.onSpinWait();
      }
      switch (random.nextInt(4)) {
        case 0 -> run.stop();
        case 1 -> run.cancel();
        case 2 -> threads.get(random.nextInt(threads.size())).interrupt();
        default -> {} // to its end
      }
    }

    private void check(List<StageStatistics> stages) {
      var skipped = stages.stream().mapToLong(StageStatistics::skipped).sum();
      assertThat(delivered.size() + skipped + undelivered.sum()).isEqualTo(given.get());
      assertThat(delivered).doesNotHaveDuplicates();
      assertThat(stages).allSatisfy(stage -> assertThat(stage.inFlight()).isZero());
      switch (kind) {
        case ORDERED -> assertThat(delivered).isSorted();
        case ORDERED_BY_KEY -> {
          var last = new int[16];
          Arrays.fill(last, -1);
          for (int element : delivered) {
            assertThat(element).isGreaterThan(last[element % 16]);
            last[element % 16] = element;
          }
        }
        case UNORDERED -> {}
      }
    }
  }
}
