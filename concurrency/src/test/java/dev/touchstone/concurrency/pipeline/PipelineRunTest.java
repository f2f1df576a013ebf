package dev.touchstone.concurrency.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** How a run starts and ends: failures, stop, cancel, close, and executors that are too small. */
@Timeout(60)
class PipelineRunTest {

  private final ManagedExecutor executor =
      ManagedExecutor.virtual("pipeline").concurrency(64).build();
  private final List<String> undelivered = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void leavesNoThread() {
    assertThat(executor.drain(Duration.ofSeconds(10)).isClean()).isTrue();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private void undelivered(String stage, Object element) {
    undelivered.add(stage + " " + element);
  }

  @Test
  void seesTheContextOfTheThreadThatStartedIt() throws Exception {
    var user = new ThreadLocal<String>();
    var context = ContextPropagation.all(ContextPropagation.of(user), ContextPropagation.mdc());
    try (var withContext = ManagedExecutor.virtual("context").context(context).build()) {
      user.set("ada");
      MDC.put("user", "ada");
      var go = new CountDownLatch(1);
      var run = Pipeline.from(numbers(4))
          .map("first", n -> {
            go.await();
            return user.get() + "/" + MDC.get("user");
          })
          .parallel(2)
          .map("second", seen -> seen + " " + user.get() + "/" + MDC.get("user"))
          .parallel(2)
          .toList()
          .start(withContext);
      user.remove();
      MDC.clear();
      go.countDown();

      assertThat(run.await()).hasSize(4).containsOnly("ada/ada ada/ada");
    }
  }

  @Nested
  class Failures {

    @Test
    void ofTheSinkFailsTheRun() {
      var run = Pipeline.from(numbers(10))
          .to("store", n -> {
            if (n == 3) {
              throw new IOException("disk full");
            }
          })
          .onUndelivered(PipelineRunTest.this::undelivered)
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'store' failed: java.io.IOException: disk full")
          .satisfies(failed -> assertThat(failed.stage()).isEqualTo("store"));
      assertThat(undelivered).containsExactly("store 3");
      assertThat(run.stages().getLast().out()).isEqualTo(3);
    }

    @Test
    void reportWhatIsUnderWay() throws Exception {
      var full = new CountDownLatch(1);
      var run = Pipeline.from(numbers(10))
          .map("pass", n -> {
            if (n == 3) {
              full.countDown();
            }
            return n;
          })
          .buffer(2)
          .to("fail", n -> {
            full.await();
            throw new IOException("cannot store " + n);
          })
          .onUndelivered(PipelineRunTest.this::undelivered)
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'fail' failed: java.io.IOException: cannot store 0");
      var elements = undelivered.stream().map(report -> report.split(" ")[1]).sorted();
      assertThat(elements).containsExactly("0", "1", "2", "3");
      assertThat(run.stages()).allSatisfy(stage -> assertThat(stage.inFlight()).isZero());
      assertThat(run.stages().getFirst().in()).isEqualTo(undelivered.size());
    }

    @Test
    void ofOthersAreSuppressed() {
      var bothFail = new CyclicBarrier(2);
      var run = Pipeline.from(numbers(2))
          .to("fail", n -> {
            bothFail.await();
            throw new IOException("failure " + n);
          })
          .parallel(2)
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .satisfies(failed -> assertThat(
                  List.of(failed.getCause().getMessage(), failed.getSuppressed()[0].getMessage()))
              .containsExactlyInAnyOrder("failure 0", "failure 1"));
    }

    @Test
    void interruptWhatBlocks() {
      var isIn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(2))
          .to("fail or block", n -> {
            if (n == 0) {
              isIn.countDown();
              never.await();
            }
            isIn.await();
            throw new IOException("failure");
          })
          .parallel(2)
          .onUndelivered(PipelineRunTest.this::undelivered)
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .satisfies(failed -> assertThat(failed.getSuppressed()).isEmpty());
      assertThat(undelivered).containsExactlyInAnyOrder("fail or block 0", "fail or block 1");
    }

    @Test
    void ofTheVirtualMachineAreDeliveredAndEndTheThread() throws Exception {
      var ended = new AtomicReference<Throwable>();
      var threadEnded = new CountDownLatch(1);
      var threads = Thread.ofVirtual().uncaughtExceptionHandler((thread, thrown) -> {
        ended.set(thrown);
        threadEnded.countDown();
      });
      var run = Pipeline.from(numbers(3))
          .map("grow", n -> {
            throw new OutOfMemoryError("pretended");
          })
          .onError(ErrorPolicy.skip())
          .toList()
          .start(threads::start);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'grow' failed: java.lang.OutOfMemoryError: pretended");
      threadEnded.await();
      assertThat(ended.get()).isInstanceOf(OutOfMemoryError.class).hasMessage("pretended");
    }

    @Test
    void ofTheCollectorFailTheRun() {
      var run = Pipeline.from(List.of("a", "a"))
          .collect(Collectors.toMap(word -> word, String::length))
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .satisfies(failed -> assertThat(failed.stage()).isEqualTo("collect"))
          .withMessageContaining("Duplicate key a");
    }

    @Test
    void ofTheFinisherFailTheRun() {
      var run = Pipeline.from(numbers(3))
          .collect(Collectors.collectingAndThen(Collectors.toList(), list -> list.get(3)))
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .satisfies(failed -> assertThat(failed.stage()).isEqualTo("collect"))
          .withCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void ofTheHandlerAreSuppressed() {
      var run = Pipeline.from(numbers(1))
          .to("fail", n -> {
            throw new IOException("failure");
          })
          .onUndelivered((stage, element) -> {
            throw new IllegalStateException("cannot close " + element);
          })
          .start(executor);

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .satisfies(failed -> assertThat(failed.getSuppressed())
              .singleElement()
              .asString()
              .isEqualTo("java.lang.IllegalStateException: cannot close 0"));
    }

    @Test
    void areThrownByEachAwait() {
      var run = Pipeline.from(numbers(1))
          .to("fail", n -> {
            throw new IOException("failure");
          })
          .start(executor);

      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(PipelineFailedException.class).isThrownBy(run::await);
      }
      run.close();
      assertThat(run).hasToString("PipelineRun[ended, source+fail 1]");
    }
  }

  @Nested
  class Stop {

    @Test
    void drainsWhatIsUnderWay() throws Exception {
      var isIn = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      var run = Pipeline.generate(() -> 1)
          .buffer(4)
          .map("wait", n -> {
            isIn.countDown();
            goOn.await();
            return n;
          })
          .toList()
          .start(executor);
      isIn.await();

      run.stop();
      goOn.countDown();

      assertThat(run.await()).isNotEmpty();
      var source = run.stages().getFirst();
      assertThat(source.out()).isEqualTo(run.stages().getLast().out());
    }

    @Test
    void interruptsASourceThatBlocks() throws Exception {
      var queue = new LinkedBlockingQueue<>(List.of("a", "b"));
      var bothAreOut = new CountDownLatch(2);
      var run = Pipeline.generate(queue::take)
          .map("pass", word -> {
            bothAreOut.countDown();
            return word;
          })
          .toList()
          .start(executor);
      bothAreOut.await();

      run.stop();

      assertThat(run.await()).containsExactly("a", "b");
    }

    @Test
    void leavesInTheChannelWhatWasNotReceived() throws Exception {
      Channel<Integer> channel = Channel.unbounded();
      channel.send(1);
      var isIn = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      var run = Pipeline.from(channel)
          .map("wait", n -> {
            isIn.countDown();
            goOn.await();
            return n;
          })
          .toList()
          .start(executor);
      isIn.await();
      channel.send(2);

      run.stop();
      goOn.countDown();

      assertThat(run.await()).containsExactly(1);
      assertThat(channel.tryReceive()).isEqualTo(2);
    }

    @Test
    void doesNotInterruptStagesOnTheThreadOfTheSource() throws Exception {
      var isIn = new CountDownLatch(1);
      var stopped = new CountDownLatch(1);
      var run = Pipeline.generate(() -> "a")
          .map("check", word -> {
            isIn.countDown();
            stopped.await();
            return Thread.currentThread().isInterrupted();
          })
          .toList()
          .start(executor);
      isIn.await();

      run.stop();
      run.stop();
      stopped.countDown();

      assertThat(run.await()).containsExactly(false);
    }

    @Test
    void beforeTheSourceIsOpenedEndsTheRun() throws Exception {
      var commands = new ArrayList<Runnable>();
      var run = Pipeline.generate(() -> 1).toList().start(commands::add);

      run.stop();
      var thread = Thread.ofVirtual().start(commands.getFirst());

      assertThat(run.await()).isEmpty();
      thread.join();
    }
  }

  @Nested
  class Cancel {

    @Test
    void reportsWhatIsUnderWayAndInterrupts() throws Exception {
      var isIn = new CountDownLatch(1);
      Channel<String> source = Channel.buffered(4);
      var run = Pipeline.from(source)
          .to("block", word -> {
            isIn.countDown();
            never.await();
          })
          .onUndelivered(PipelineRunTest.this::undelivered)
          .start(executor);
      source.send("a");
      isIn.await();

      run.cancel();

      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(run::await)
          .withMessage("the pipeline was cancelled");
      assertThat(undelivered).containsExactly("block a");
    }

    @Test
    void givesUpThreadsThatHaveNotStarted() throws Exception {
      var commands = new ArrayList<Runnable>();
      var run = Pipeline.from(numbers(1))
          .map("never", n -> {
            throw new AssertionError("the run was cancelled before");
          })
          .parallel(2)
          .toList()
          .start(commands::add);

      run.cancel();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
      for (var command : commands) {
        Thread.ofVirtual().start(command).join();
      }
      assertThat(commands).hasSize(4);
      assertThat(run.stages()).allSatisfy(stage -> assertThat(stage.in()).isZero());
    }

    @Test
    void endsAPipelineThatNeverBlocks() throws Exception {
      var isIn = new CountDownLatch(1);
      var run = Pipeline.generate(() -> 1).to("spin", n -> isIn.countDown()).start(executor);
      isIn.await();

      run.cancel();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
    }

    @Test
    void endsAPipelineThatSwallowsItsInterruption() throws Exception {
      var isIn = new CountDownLatch(1);
      var run = Pipeline.generate(() -> {
            Thread.interrupted();
            return 1;
          })
          .to("spin", n -> {
            isIn.countDown();
            Thread.interrupted();
          })
          .start(executor);
      isIn.await();

      run.cancel();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
    }

    @Test
    void isNotAnsweredByAPolicy() throws Exception {
      var isIn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1))
          .to("hide", n -> {
            isIn.countDown();
            try {
              never.await();
            } catch (InterruptedException hidden) {
              throw new IllegalStateException("hidden", hidden);
            }
          })
          .onError(ErrorPolicy.skip())
          .onUndelivered(PipelineRunTest.this::undelivered)
          .start(executor);
      isIn.await();

      run.cancel();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
      assertThat(undelivered).containsExactly("hide 0");
      assertThat(run.stages().getLast().skipped()).isZero();
    }

    @Test
    void afterTheEndHasNoEffect() throws Exception {
      var run = Pipeline.from(numbers(2)).toList().start(executor);
      run.await();

      run.cancel();
      run.stop();
      run.close();

      assertThat(run.await()).containsExactly(0, 1);
      assertThat(run.isDone()).isTrue();
    }

    @Test
    void leavesNoInterruptionToTheNextTaskOfTheThread() throws Exception {
      var isIn = new CountDownLatch(1);
      var flag = new AtomicBoolean();
      var thread = new AtomicReference<Thread>();
      var run = Pipeline.from(numbers(1))
          .to("ignore", n -> {
            isIn.countDown();
            while (!Thread.currentThread().isInterrupted()) {
              Thread.onSpinWait();
            }
          })
          .start(work -> thread.set(Thread.ofPlatform().start(() -> {
            work.run();
            flag.set(Thread.currentThread().isInterrupted());
          })));
      isIn.await();

      run.cancel();
      thread.get().join();

      assertThat(flag).isFalse();
    }
  }

  @Nested
  class Close {

    @Test
    void drains() throws Exception {
      var sunk = Collections.synchronizedList(new ArrayList<Integer>());
      var isIn = new CountDownLatch(1);
      PipelineRun<?> run;
      try (var open = Pipeline.generate(() -> 1)
          .buffer(8)
          .to("add", n -> {
            sunk.add(n);
            isIn.countDown();
          })
          .start(executor)) {
        run = open;
        isIn.await();
      }

      assertThat(run.isDone()).isTrue();
      assertThat(run.stages().getFirst().out()).isEqualTo(sunk.size());
    }

    @Test
    void cancelsAfterTheGrace() {
      Simulation.explore(20, simulation -> {
        var time = simulation.clock();
        var started = time.nanoTime();
        var isIn = new CountDownLatch(1);
        var run = Pipeline.from(numbers(1))
            .to("block", n -> {
              isIn.countDown();
              never.await();
            })
            .grace(Duration.ofSeconds(5))
            .timeSource(time)
            .start(work -> simulation.fork("stage", work::run));
        isIn.await();

        run.close();

        assertThat(run.isDone()).isTrue();
        assertThat(Duration.ofNanos(time.nanoTime() - started))
            .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
      });
    }

    @Test
    void cancelsWhenInterruptedAndKeepsTheFlag() throws Exception {
      var isIn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1))
          .to("block", n -> {
            isIn.countDown();
            never.await();
          })
          .start(executor);
      isIn.await();

      Thread.currentThread().interrupt();
      run.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(run.isDone()).isTrue();
    }

    @Test
    void ofAStageOnlyStops() throws Exception {
      var self = new AtomicReference<PipelineRun<?>>();
      var isKnown = new CountDownLatch(1);
      var run = Pipeline.generate(() -> 1)
          .to("close", n -> {
            isKnown.await();
            self.get().close();
          })
          .start(executor);
      self.set(run);
      isKnown.countDown();

      run.await();

      assertThat(run.stages().getLast().out()).isEqualTo(1);
    }
  }

  @Nested
  class Await {

    @Test
    void timesOutWithoutEffect() throws Exception {
      var goOn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1))
          .map("wait", n -> {
            goOn.await();
            return n;
          })
          .toList()
          .start(executor);

      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> run.await(Duration.ofMillis(1)))
          .withMessage("the pipeline did not end within PT0.001S");
      assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> run.await(Duration.ZERO));
      goOn.countDown();

      assertThat(run.await(Duration.ofDays(1))).containsExactly(0);
    }

    @Test
    void isInterruptibleWithoutEffect() throws Exception {
      var goOn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1)).to("wait", n -> goOn.await()).start(executor);

      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(run::await);
      goOn.countDown();

      run.await();
    }

    @Test
    void byAStageIsRefused() {
      var self = new AtomicReference<PipelineRun<?>>();
      var isKnown = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1))
          .to("wait", n -> {
            isKnown.await();
            self.get().await();
          })
          .start(executor);
      self.set(run);
      isKnown.countDown();

      assertThatExceptionOfType(PipelineFailedException.class)
          .isThrownBy(run::await)
          .withMessage("stage 'wait' failed: java.lang.IllegalStateException:"
              + " a stage cannot wait for its own run: call await elsewhere");
    }
  }

  @Nested
  class Threads {

    private final RunnablePipeline<List<Integer>> pipeline = Pipeline.from(numbers(2))
        .filter("even", n -> n % 2 == 0)
        .map("work", n -> n)
        .parallel(4)
        .toList();

    @Test
    void thatAreMissingAreAnErrorAtOnce() {
      try (var small = ManagedExecutor.virtual("small").concurrency(5).build()) {
        assertThat(pipeline.threads()).isEqualTo(6);
        assertThatExceptionOfType(RejectedExecutionException.class)
            .isThrownBy(() -> pipeline.start(small))
            .withMessage("the pipeline needs 6 threads at the same time"
                + " (source+even 1, work 4, collect 1), but executor 'small' has 5 of 5 free:"
                + " give the pipeline an executor of its own with concurrency(6) or more");
      }
    }

    @Test
    void thatAreTakenAreAnErrorAtOnce() {
      try (var busy = ManagedExecutor.virtual("busy").concurrency(6).build()) {
        var other = busy.submit(() -> {
          never.await();
          return null;
        });
        assertThatExceptionOfType(RejectedExecutionException.class)
            .isThrownBy(() -> pipeline.start(busy))
            .withMessageContaining("executor 'busy' has 5 of 6 free");
        other.cancel(true);
      }
    }

    @Test
    void thatAnotherTaskTakesMeanwhileAreNotWaitedFor() {
      var meanwhile = new AtomicReference<Runnable>(() -> {});
      try (var small = ManagedExecutor.virtual("small")
          .concurrency(6)
          .queue(0)
          .threadFactory(work -> {
            meanwhile.getAndSet(() -> {}).run();
            return Thread.ofVirtual().unstarted(work);
          })
          .build()) {
        meanwhile.set(() -> small.submit(() -> {
          never.await();
          return null;
        }));

        assertThatExceptionOfType(RejectedExecutionException.class)
            .isThrownBy(() -> pipeline.start(small))
            .withMessage(
                "another task has taken a place of executor 'small' that the pipeline needs:"
                    + " give the pipeline an executor of its own with concurrency(6) or more");
        small.shutdownNow();
      }
    }

    @Test
    void areTakenAllOrNoneByRunsThatStartTogether() throws Exception {
      try (var shared = ManagedExecutor.virtual("shared").concurrency(8).build();
          var starters = Executors.newVirtualThreadPerTaskExecutor()) {
        var barrier = new CyclicBarrier(2);
        var starts = IntStream.range(0, 2)
            .mapToObj(i -> starters.submit(() -> {
              for (int round = 0; round < 50; round++) {
                barrier.await();
                try {
                  pipeline.start(shared).await();
                } catch (RejectedExecutionException noPlaces) {
                  continue;
                }
              }
              return true;
            }))
            .toList();
        for (var start : starts) {
          assertThat(start.get(30, TimeUnit.SECONDS)).isTrue();
        }
      }
    }

    @Test
    void ofAnExecutorThatShutsDownCancelTheRun() throws Exception {
      var own = ManagedExecutor.virtual("own").concurrency(6).build();
      var isIn = new CountDownLatch(1);
      var run = Pipeline.from(numbers(1))
          .to("block", n -> {
            isIn.countDown();
            never.await();
          })
          .start(own);
      isIn.await();

      own.shutdownNow();

      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(run::await)
          .withMessage("a thread of stage 'source' was interrupted");
      own.close();
    }

    @Test
    void thatNeverStartAreGivenUpWithTheRun() throws Exception {
      var own = ManagedExecutor.virtual("own").concurrency(2).build();
      own.pause();
      var run = Pipeline.generate(() -> {
            never.await();
            return 1;
          })
          .buffer(1)
          .toList()
          .start(own);

      own.shutdownNow();

      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(run::await)
          .withMessageMatching("pipeline stage '\\w+' could not start"
              + "|a thread of stage '\\w+' was interrupted");
      own.close();
    }

    @Test
    void ofAnExecutorThatRejectsAreGivenUp() {
      var closed = ManagedExecutor.virtual("closed").build();
      closed.close();

      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> pipeline.start(closed))
          .withMessageStartingWith("executor 'closed' is shut down");
    }

    @Test
    void mayNotBeTheCallersOwn() {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> pipeline.start(Runnable::run))
          .withMessage("the executor runs commands on the thread that submits them:"
              + " a pipeline needs one that runs each on another thread");
    }

    @Test
    void thatNeverWaitAnswerToAnInterruption() throws Exception {
      var isIn = new CountDownLatch(1);
      var thread = new AtomicReference<Thread>();
      var run = Pipeline.generate(() -> 1)
          .to("spin", n -> isIn.countDown())
          .start(work -> thread.set(Thread.startVirtualThread(work)));
      isIn.await();

      thread.get().interrupt();

      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(run::await)
          .withMessage("a thread of stage 'source' was interrupted");
    }

    @Test
    void mayComeFromAnythingThatRunsCommands() throws Exception {
      assertThat(pipeline.start(Thread::startVirtualThread).await()).containsExactly(0);
      try (var jdk = Executors.newVirtualThreadPerTaskExecutor()) {
        assertThat(pipeline.start(jdk).await()).containsExactly(0);
      }
    }
  }

  @Nested
  class Statistics {

    @Test
    void countWhatBecameOfEachElement() throws Exception {
      var run = Pipeline.from(numbers(10))
          .filter("even", n -> n % 2 == 0)
          .map("divide", n -> 100 / n)
          .parallel(2)
          .onError(ErrorPolicy.skip())
          .batch(2, Duration.ofHours(1))
          .to("store", batch -> {})
          .start(executor);
      run.await();

      assertThat(run.stages())
          .extracting(
              StageStatistics::name,
              StageStatistics::in,
              StageStatistics::out,
              StageStatistics::failed,
              StageStatistics::skipped,
              StageStatistics::inFlight)
          .containsExactly(
              tuple("source", 10L, 10L, 0L, 0L, 0L),
              tuple("even", 10L, 5L, 0L, 0L, 0L),
              tuple("divide", 5L, 4L, 1L, 1L, 0L),
              tuple("batch", 4L, 2L, 0L, 0L, 0L),
              tuple("store", 2L, 2L, 0L, 0L, 0L));
    }

    @Test
    void tellWhoWaitsForWhom() {
      Simulation.run(1, simulation -> {
        var time = simulation.clock();
        var run = Pipeline.from(numbers(100))
            .buffer(1)
            .to("slow", n -> time.sleep(Duration.ofSeconds(1)))
            .timeSource(time)
            .start(work -> simulation.fork("stage", work::run));
        time.sleep(Duration.ofSeconds(50));

        var source = run.stages().getFirst();
        var slow = run.stages().getLast();
        assertThat(source.busy()).isLessThan(0.01);
        assertThat(source.waitedForOutput()).isGreaterThan(Duration.ofSeconds(45));
        assertThat(slow.busy()).isGreaterThan(0.99);
        assertThat(slow.inFlight()).isEqualTo(2);
        run.await();
      });
    }
  }
}
