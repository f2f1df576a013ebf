package dev.touchstone.concurrency.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random pipelines under many schedules on virtual time, with failures in every stage, and a stop, a
 * cancellation or an interruption at any moment.
 *
 * <p>Whatever happens: every element that the source has given is delivered, filtered out, skipped,
 * a dead letter, or undelivered; it is one of these, and once. No thread is left, or the simulation
 * finds a deadlock. Every failure that was thrown is seen once at most, and nothing else is.
 */
class PipelineSimulationTest {

  @Test
  void conservesElementsInOrder() {
    Simulation.explore(600, simulation -> new Scenario(simulation).run());
  }

  @Tag("stress")
  @Timeout(900)
  @Test
  void conservesElementsInOrderUnderManySchedules() {
    Simulation.explore(20_000, simulation -> new Scenario(simulation).run());
  }

  /** One run of one pipeline. Its fields are used by one thread at a time, as simulated threads are. */
  private static final class Scenario {

    private static final int ELEMENTS = 10;

    /** What is added to the number of an element for the second one that is made of it. */
    private static final int TWIN = 1_000;

    private static final int KEYS = 3;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final Channel<Integer> input;
    private final Channel<DeadLetter<Integer>> letters = Channel.unbounded();
    private final Set<Exception> injected = new HashSet<>();

    private final List<Integer> given = new ArrayList<>();
    private final Set<Integer> twins = new HashSet<>();
    private final List<Integer> filtered = new ArrayList<>();
    private final List<Integer> delivered = new ArrayList<>();
    private final List<Integer> undelivered = new ArrayList<>();

    private boolean isOrdered = true;
    private boolean isOrderedByKey = true;
    private boolean mayFail;

    /** How many elements may be under way, if each stays one element. */
    private int places = 1;

    private boolean hasTwins;
    private int previousThreads = 1;
    private PipelineRun<?> run;

    Scenario(Simulation simulation) {
      this.simulation = simulation;
      random = simulation.random();
      input = Channel.<Integer>builder().timeSource(simulation.clock()).build();
    }

    void run() throws Exception {
      var pipeline = source();
      for (int stage = random.nextInt(4); stage > 0; stage--) {
        pipeline = random.nextInt(4) == 0 ? batch(pipeline) : stage("stage-" + stage, pipeline);
      }
      var threads = new ArrayList<Thread>();
      run = end(pipeline)
          .onUndelivered((stage, element) -> undelivered(element))
          .timeSource(simulation.clock())
          .grace(someTime())
          .start(work -> threads.add(simulation.fork("worker-" + threads.size(), work::run)));
      var isCancelled = disturb(threads);
      try {
        run.await();
        assertThat(undelivered).isEmpty();
      } catch (PipelineFailedException failed) {
        assertThat(mayFail).isTrue();
        assertThat(injected).contains((Exception) failed.getCause());
        assertThat(injected).containsAll(suppressedBy(failed));
      } catch (CancellationException cancelled) {
        assertThat(isCancelled).isTrue();
        assertThat(injected).containsAll(suppressedBy(cancelled));
      }
      assertConserved(run.stages());
      assertOrdered();
    }

    private static List<Exception> suppressedBy(Exception exception) {
      return Stream.of(exception.getSuppressed()).map(Exception.class::cast).toList();
    }

    // The pipeline

    private Pipeline<Integer> source() {
      return switch (random.nextInt(3)) {
        case 0 -> {
          simulation.fork("producer", () -> {
            for (int i = 0; i < ELEMENTS; i++) {
              input.trySend(i);
              sometimesSleep();
            }
            input.close();
          });
          yield Pipeline.from(input);
        }
        case 1 -> {
          var next = new int[1];
          yield Pipeline.generate(() -> {
            sometimesSleep();
            return next[0] == ELEMENTS ? null : give(next[0]++);
          });
        }
        default ->
          Pipeline.fromStream(
              () -> Stream.iterate(0, n -> n < ELEMENTS, n -> n + 1).map(this::give));
      };
    }

    private Integer give(Integer element) {
      given.add(element);
      assertThat(underWay()).as("elements under way").isLessThanOrEqualTo(places);
      return element;
    }

    private long underWay() {
      if (hasTwins || run == null) {
        return 0;
      }
      var givenUp = run.stages().stream()
          .mapToLong(stage -> stage.skipped() + stage.deadLettered())
          .sum();
      return given.size() - delivered.size() - filtered.size() - undelivered.size() - givenUp;
    }

    private Pipeline<Integer> batch(Pipeline<Integer> pipeline) {
      previousThreads = 1;
      places += 2;
      return buffered(pipeline).batch(2, someTime()).flatMap("unbatch", list -> list);
    }

    private Pipeline<Integer> stage(String name, Pipeline<Integer> pipeline) {
      var threads = 1 + random.nextInt(3);
      var behind = hasThreads(threads) ? buffered(pipeline) : pipeline;
      var stage = switch (random.nextInt(3)) {
        case 0 -> behind.map(name, this::process);
        case 1 -> behind.filter(name, n -> !drops(process(n)));
        default -> {
          hasTwins = true;
          yield behind.flatMap(name, n -> expand(process(n)));
        }
      };
      return withOrder(stage.parallel(threads), threads).onError(policy());
    }

    /** Returns whether a stage has threads of its own, which it has now and then without need. */
    private boolean hasThreads(int threads) {
      var has = threads > 1 || previousThreads > 1 || random.nextBoolean();
      places += has ? threads : 0;
      previousThreads = threads;
      return has;
    }

    private Pipeline<Integer> buffered(Pipeline<Integer> pipeline) {
      var size = random.nextInt(4);
      places += size;
      return pipeline.buffer(size);
    }

    private Stage<Integer, Integer> withOrder(Stage<Integer, Integer> stage, int threads) {
      switch (random.nextInt(3)) {
        case 0 -> {
          return stage.ordered();
        }
        case 1 -> {
          isOrdered = isOrdered && threads == 1;
          isOrderedByKey = isOrderedByKey && threads == 1;
          return stage.unordered();
        }
        default -> {
          isOrdered = isOrdered && threads == 1;
          return stage.orderedBy(n -> {
            sometimesFail();
            return keyOf(n);
          });
        }
      }
    }

    private static int keyOf(int element) {
      return element % TWIN % KEYS;
    }

    private ErrorPolicy<? super Integer> policy() {
      var retry = ErrorPolicy.retry(1 + random.nextInt(2), Backoff.constant(someTime()));
      return switch (random.nextInt(6)) {
        case 0 -> ErrorPolicy.skip();
        case 1 -> ErrorPolicy.deadLetter(letters);
        case 2 -> retry.orElse(ErrorPolicy.skip());
        case 3 -> retry.orElse(ErrorPolicy.deadLetter(letters));
        case 4 -> {
          mayFail = true;
          yield retry;
        }
        default -> {
          mayFail = true;
          yield ErrorPolicy.fail();
        }
      };
    }

    private RunnablePipeline<?> end(Pipeline<Integer> pipeline) {
      var threads = 1 + random.nextInt(2);
      var behind = hasThreads(threads) ? buffered(pipeline) : pipeline;
      isOrdered = isOrdered && threads == 1;
      isOrderedByKey = isOrderedByKey && threads == 1;
      return behind.to("end", n -> delivered.add(process(n))).parallel(threads).onError(policy());
    }

    // The steps

    private int process(int element) throws Exception {
      sometimesSleep();
      sometimesFail();
      simulation.point();
      return element;
    }

    private boolean drops(int element) {
      if (element % 5 != 0) {
        return false;
      }
      filtered.add(element);
      return true;
    }

    private List<Integer> expand(int element) {
      return element < TWIN && twins.add(element + TWIN)
          ? List.of(element, element + TWIN)
          : List.of(element);
    }

    private void sometimesSleep() throws InterruptedException {
      if (random.nextInt(4) == 0) {
        simulation.clock().sleep(someTime());
      }
    }

    private void sometimesFail() {
      if (random.nextInt(12) == 0) {
        var failure = new IllegalStateException("failure " + injected.size());
        injected.add(failure);
        throw failure;
      }
    }

    private Duration someTime() {
      return Duration.ofNanos(random.nextInt(20_000));
    }

    private void undelivered(Object element) {
      simulation.point();
      if (element instanceof List<?> batch) {
        batch.forEach(this::undelivered);
      } else {
        undelivered.add((Integer) element);
      }
    }

    // The disturbance

    /** Returns whether the run may have been cancelled. */
    private boolean disturb(List<Thread> threads) {
      switch (random.nextInt(6)) {
        case 0 -> {
          later(run::stop);
          return false;
        }
        case 1 -> later(run::cancel);
        case 2 -> later(run::close);
        case 3 -> simulation.interruptSometime(threads.get(random.nextInt(threads.size())));
        case 4 -> {
          later(run::stop);
          later(run::cancel);
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private void later(Runnable disturbance) {
      var delay = Duration.ofNanos(random.nextInt(100_000));
      simulation.fork("disturber", () -> {
        simulation.clock().sleep(delay);
        disturbance.run();
      });
    }

    // The oracles

    private void assertConserved(List<StageStatistics> stages) {
      for (long i = 0; i < input.statistics().received(); i++) {
        given.add((int) i);
      }
      var dead = new ArrayList<Integer>();
      for (var letter = letters.tryReceive(); letter != null; letter = letters.tryReceive()) {
        dead.add(letter.element());
        assertThat(injected).contains(letter.failure());
      }
      var ends = Stream.of(delivered, filtered, dead, undelivered)
          .flatMap(List::stream)
          .toList();
      assertThat(ends).doesNotHaveDuplicates();
      var skipped = new HashSet<>(given);
      skipped.addAll(twins);
      assertThat(skipped).containsAll(ends);
      skipped.removeAll(ends);
      assertThat(stages.stream().mapToLong(StageStatistics::skipped).sum())
          .isEqualTo(skipped.size());
      assertThat(stages.stream().mapToLong(StageStatistics::deadLettered).sum())
          .isEqualTo(dead.size());
      assertThat(stages).allSatisfy(stage -> assertThat(stage.inFlight()).isZero());
      assertThat(stages.getLast().out()).isEqualTo(delivered.size());
      for (int i = 1; i < stages.size(); i++) {
        assertThat(stages.get(i).in()).isEqualTo(stages.get(i - 1).out());
      }
    }

    private void assertOrdered() {
      var numbers = delivered.stream().map(n -> n % TWIN).toList();
      if (isOrdered) {
        assertThat(numbers).isSorted();
      }
      if (isOrderedByKey) {
        assertThat(numbers.stream().collect(groupingBy(Scenario::keyOf)).values())
            .allSatisfy(ofOneKey -> assertThat(ofOneKey).isSorted());
      }
    }
  }
}
