package dev.touchstone.concurrency.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sources, stages and ends do with elements when nothing goes wrong, and who may misuse them. */
@Timeout(60)
class PipelineTest {

  private final ManagedExecutor executor =
      ManagedExecutor.virtual("pipeline").concurrency(64).build();

  @AfterEach
  void leavesNoThread() {
    assertThat(executor.drain(Duration.ofSeconds(10)).isClean()).isTrue();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private <R> R run(RunnablePipeline<R> pipeline) throws InterruptedException {
    return pipeline.start(executor).await();
  }

  @Nested
  class Sources {

    @Test
    void iterableIsReadToItsEnd() throws Exception {
      assertThat(run(Pipeline.from(List.of("a", "b")).toList())).containsExactly("a", "b");
      assertThat(run(Pipeline.from(List.of()).toList())).isEmpty();
    }

    @Test
    void iterableMayNotHaveNulls() {
      var run = Pipeline.<String>from(Arrays.asList("a", null)).toList().start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'source' failed: java.lang.NullPointerException:"
              + " the source has an element that is null")
          .satisfies(failed -> assertThat(failed.stage()).isEqualTo("source"));
    }

    @Test
    void channelIsReceivedUntilItIsClosed() throws Exception {
      Channel<String> channel = Channel.buffered(4);
      channel.send("a");
      channel.send("b");
      channel.close();

      assertThat(run(Pipeline.from(channel).toList())).containsExactly("a", "b");
    }

    @Test
    void channelClosedWithACauseFailsTheRun() throws Exception {
      Channel<String> channel = Channel.buffered(4);
      channel.send("a");
      channel.close(new IOException("the producer failed"));
      var run = Pipeline.from(channel).toList().start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .havingRootCause()
          .isInstanceOf(IOException.class)
          .withMessage("the producer failed");
    }

    @Test
    void streamIsMadeForEachRunAndClosed() throws Exception {
      var closed = new AtomicInteger();
      var pipeline = Pipeline.fromStream(() -> Stream.of("a", "b").onClose(closed::incrementAndGet))
          .toList();

      assertThat(run(pipeline)).containsExactly("a", "b");
      assertThat(run(pipeline)).containsExactly("a", "b");
      assertThat(closed).hasValue(2);
    }

    @Test
    void streamThatCannotBeReadIsClosed() {
      var closed = new AtomicInteger();
      var used = Stream.of("a").onClose(closed::incrementAndGet);
      used.iterator();
      var run = Pipeline.fromStream(() -> used).toList().start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withCauseInstanceOf(IllegalStateException.class);
      assertThat(closed).hasValue(1);
    }

    @Test
    void streamThatFailsToCloseFailsTheRun() {
      var run = Pipeline.fromStream(() -> Stream.of("a").onClose(() -> {
            throw new IllegalStateException("still in use");
          }))
          .toList()
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'source' failed: java.lang.IllegalStateException: still in use");
    }

    @Test
    void sourceIsAskedUntilItReturnsNull() throws Exception {
      var queue = new ArrayList<>(List.of("b", "a"));

      assertThat(run(Pipeline.<String>generate(() -> queue.isEmpty() ? null : queue.removeLast())
              .toList()))
          .containsExactly("a", "b");
    }

    @Test
    void failureOfTheSourceFailsTheRun() {
      var run = Pipeline.<String>generate(() -> {
            throw new IOException("no such file");
          })
          .toList()
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'source' failed: java.io.IOException: no such file")
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Nested
  class Stages {

    @Test
    void mapFilterAndFlatMap() throws Exception {
      var words = run(Pipeline.from(List.of("to be", "or", "not to be"))
          .flatMap("split", line -> List.of(line.split(" ")))
          .filter("short", word -> word.length() <= 2)
          .map("shout", word -> word + "!")
          .toList());

      assertThat(words).containsExactly("to!", "be!", "or!", "to!", "be!");
    }

    @Test
    void mayThrowCheckedExceptions() {
      var run = Pipeline.from(List.of("a")).map("read", this::read).toList().start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'read' failed: java.io.IOException: cannot read a");
    }

    private String read(String name) throws IOException {
      throw new IOException("cannot read " + name);
    }

    @Test
    void mayNotReturnNull() {
      var run = Pipeline.from(List.of("a"))
          .map("nothing", word -> (String) null)
          .toList()
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'nothing' failed: java.lang.NullPointerException: stage 'nothing'"
              + " returned null: use filter or flatMap to drop an element");
    }

    @Test
    void shareTheThreadOfTheStageBefore() throws Exception {
      var threads = ConcurrentHashMap.<Thread>newKeySet();
      var pipeline = Pipeline.from(numbers(10))
          .map("first", n -> seen(threads, n))
          .map("second", n -> seen(threads, n))
          .to("end", n -> threads.add(Thread.currentThread()));

      run(pipeline);

      assertThat(pipeline.threads()).isEqualTo(1);
      assertThat(threads).hasSize(1);
    }

    @Test
    void haveThreadsOfTheirOwnBehindABuffer() throws Exception {
      var bothAreIn = new CyclicBarrier(2);
      var pipeline = Pipeline.from(List.of(1, 2))
          .map("first", n -> {
            if (n == 2) {
              bothAreIn.await();
            }
            return n;
          })
          .buffer(0)
          .map("second", n -> {
            if (n == 1) {
              bothAreIn.await();
            }
            return n;
          })
          .toList();

      assertThat(pipeline.threads()).isEqualTo(2);
      assertThat(run(pipeline)).containsExactly(1, 2);
    }

    @Test
    void runInParallel() throws Exception {
      var allAreIn = new CyclicBarrier(4);
      var pipeline = Pipeline.from(numbers(8))
          .map("meet", n -> {
            allAreIn.await();
            return n;
          })
          .parallel(4)
          .toList();

      assertThat(pipeline.threads()).isEqualTo(6);
      assertThat(run(pipeline)).containsExactlyElementsOf(numbers(8));
    }

    private static <T> T seen(Collection<Thread> threads, T element) {
      threads.add(Thread.currentThread());
      return element;
    }
  }

  @Nested
  class Orders {

    @Test
    void orderedKeepsTheOrderWhateverTakesLongest() throws Exception {
      var lastIsDone = new CountDownLatch(1);
      var result = run(Pipeline.from(numbers(8))
          .map("reverse", n -> {
            if (n == 0) {
              lastIsDone.await();
            }
            if (n == 7) {
              lastIsDone.countDown();
            }
            return n;
          })
          .parallel(2)
          .toList());

      assertThat(result).containsExactlyElementsOf(numbers(8));
    }

    @Test
    void unorderedLetsElementsOvertake() throws Exception {
      var othersAreOut = new CountDownLatch(7);
      var result = run(Pipeline.from(numbers(8))
          .map("late", n -> {
            if (n == 0) {
              othersAreOut.await();
            }
            return n;
          })
          .parallel(2)
          .unordered()
          .map("out", n -> {
            othersAreOut.countDown();
            return n;
          })
          .toList());

      assertThat(result).hasSize(8).endsWith(0);
    }

    @Test
    void orderedByKeepsTheOrderOfEachKeyAndNeverRunsTwoAtOnce() throws Exception {
      var busy = ConcurrentHashMap.<Integer>newKeySet();
      var result = run(Pipeline.from(numbers(1_000))
          .map("by key", n -> {
            assertThat(busy.add(n % 10)).as("nobody else works on this key").isTrue();
            Thread.yield();
            busy.remove(n % 10);
            return n;
          })
          .parallel(4)
          .orderedBy(n -> n % 10)
          .toList());

      assertThat(result).hasSize(1_000);
      assertThat(result.stream().collect(groupingBy(n -> n % 10)).values())
          .hasSize(10)
          .allSatisfy(ofOneKey -> assertThat(ofOneKey).isSorted());
    }

    @Test
    void differentKeysRunAtTheSameTime() throws Exception {
      var bothAreIn = new CyclicBarrier(2);
      run(Pipeline.from(List.of(0, 1))
          .to("meet", n -> bothAreIn.await())
          .parallel(2)
          .orderedBy(n -> n));
    }

    @Test
    void failureOfTheKeyIsOneOfTheStage() throws Exception {
      var result = run(Pipeline.from(List.of("a", "", "b"))
          .map("by initial", word -> word)
          .parallel(2)
          .orderedBy(word -> word.charAt(0))
          .onError(ErrorPolicy.skip())
          .toList());

      assertThat(result).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Nested
  class Batches {

    @Test
    void areFullUnlessTheEndComes() throws Exception {
      var batches = run(Pipeline.from(numbers(7)).batch(3, Duration.ofHours(1)).toList());

      assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
    }

    @Test
    void withoutLingerTakeWhatIsThere() throws Exception {
      var batches = run(Pipeline.from(numbers(100)).batch(10).toList());

      assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 10));
      assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(100));
    }

    @Test
    void lingerOnVirtualTime() {
      Simulation.explore(20, simulation -> {
        var time = simulation.clock();
        Channel<String> channel = Channel.<String>builder().timeSource(time).build();
        var started = time.nanoTime();
        var arrivals = new ArrayList<String>();
        var run = Pipeline.from(channel)
            .batch(3, Duration.ofSeconds(1))
            .to(
                "note",
                batch ->
                    arrivals.add(batch + " after " + (time.nanoTime() - started) / 1_000_000_000))
            .timeSource(time)
            .start(work -> simulation.fork("stage", work::run));
        channel.send("a");
        time.sleep(Duration.ofMillis(500));
        channel.send("b");
        time.sleep(Duration.ofSeconds(5));
        channel.send("c");
        channel.send("d");
        channel.send("e");
        time.sleep(Duration.ofSeconds(5));
        channel.send("f");
        channel.close();
        run.await();

        assertThat(arrivals).containsExactly("[a, b] after 1", "[c, d, e] after 5", "[f] after 10");
      });
    }
  }

  @Nested
  class Ends {

    @Test
    void sinkGetsEveryElementInOrder() throws Exception {
      var sunk = new ArrayList<Integer>();

      run(Pipeline.from(numbers(100)).buffer(4).to("add", sunk::add));

      assertThat(sunk).containsExactlyElementsOf(numbers(100));
    }

    @Test
    void sinkMayHaveThreads() throws Exception {
      var sunk = Collections.synchronizedSet(new HashSet<Integer>());
      var allAreIn = new CyclicBarrier(4);

      run(Pipeline.from(numbers(8))
          .to("add", n -> {
            allAreIn.await();
            sunk.add(n);
          })
          .parallel(4));

      assertThat(sunk).hasSize(8);
    }

    @Test
    void collectorGivesTheResultOfEachRun() throws Exception {
      var pipeline = Pipeline.from(numbers(3)).map("text", String::valueOf).collect(joining("-"));

      assertThat(run(pipeline)).isEqualTo("0-1-2");
      assertThat(run(pipeline)).isEqualTo("0-1-2");
    }
  }

  @Nested
  class Descriptions {

    @Test
    void areImmutableAndMayBeExtendedInSeveralWays() throws Exception {
      var trunk = Pipeline.from(numbers(3)).map("double", n -> 2 * n);
      var odd = trunk.map("add", n -> n + 1).toList();
      var even = trunk.parallel(2).unordered().toList();

      assertThat(run(odd)).containsExactly(1, 3, 5);
      assertThat(run(even)).containsExactlyInAnyOrder(0, 2, 4);
      assertThat(run(trunk.toList())).containsExactly(0, 2, 4);
    }

    @Test
    void mayBeStartedSeveralTimesAtOnce() throws Exception {
      var pipeline = Pipeline.from(numbers(50)).map("same", n -> n).parallel(3).toList();
      var runs = IntStream.range(0, 5).mapToObj(i -> pipeline.start(executor)).toList();

      for (var run : runs) {
        assertThat(run.await()).containsExactlyElementsOf(numbers(50));
      }
    }

    @Test
    void showTheirStages() {
      var pipeline = Pipeline.from(numbers(1)).map("fetch", n -> n).batch(2);

      assertThat(pipeline).hasToString("Pipeline[fetch, batch]");
      assertThat(pipeline.toList()).hasToString("Pipeline[fetch, batch, collect]");
      assertThat(Pipeline.from(numbers(1))).hasToString("Pipeline[]");
    }

    @Test
    void refuseBadOptions() {
      var source = Pipeline.from(numbers(1));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.map(" ", n -> n))
          .withMessage("name of the stage must not be blank");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.map("map", n -> n).parallel(0))
          .withMessage("threads must be at least 1, was 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.to("sink", n -> {}).parallel(-1))
          .withMessage("threads must be at least 1, was -1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.batch(0))
          .withMessage("max must be at least 1, was 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.buffer(-1))
          .withMessage("size must not be negative, was -1");
      assertThatIllegalStateException()
          .isThrownBy(() -> source.buffer(2).buffer(3))
          .withMessage("there is a buffer of 2 already: call buffer once between two stages");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.toList().grace(Duration.ofNanos(-1)))
          .withMessage("grace must not be negative, was PT-0.000000001S");
      assertThatNullPointerException()
          .isThrownBy(() -> source.map("map", null))
          .withMessage("step");
      assertThatNullPointerException()
          .isThrownBy(() -> source.map("map", n -> n).onError(null))
          .withMessage("policy");
    }
  }
}
