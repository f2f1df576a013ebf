package dev.touchstone.concurrency.pipeline;

import static dev.touchstone.concurrency.pipeline.ErrorPolicy.deadLetter;
import static dev.touchstone.concurrency.pipeline.ErrorPolicy.retry;
import static dev.touchstone.concurrency.pipeline.ErrorPolicy.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ErrorPolicyTest {

  private static final Backoff AT_ONCE = Backoff.constant(Duration.ZERO);

  private final ManagedExecutor executor =
      ManagedExecutor.virtual("policies").concurrency(16).build();

  @AfterEach
  void leavesNoThread() {
    assertThat(executor.drain(Duration.ofSeconds(10)).isClean()).isTrue();
  }

  private static Stage<String, Integer> parse() {
    return Pipeline.from(List.of("1", "two", "3")).map("parse", Integer::parseInt);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void skipGoesOnWithoutTheElement(int threads) throws Exception {
    var run = parse().parallel(threads).onError(skip()).toList().start(executor);

    assertThat(run.await()).containsExactly(1, 3);
    assertThat(run.stages().get(1).skipped()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void deadLetterPutsTheElementAside(int threads) throws Exception {
    Channel<DeadLetter<String>> letters = Channel.unbounded();
    var run = parse().parallel(threads).onError(deadLetter(letters)).toList().start(executor);

    assertThat(run.await()).containsExactly(1, 3);
    assertThat(run.stages().get(1).deadLettered()).isEqualTo(1);
    var letter = letters.receive();
    assertThat(letter.stage()).isEqualTo("parse");
    assertThat(letter.element()).isEqualTo("two");
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.failure()).hasMessage("For input string: \"two\"");
  }

  @Test
  void deadLetterToAClosedChannelFailsTheRun() {
    Channel<DeadLetter<String>> letters = Channel.unbounded();
    letters.close();
    var undelivered = new ArrayList<Object>();
    var run = parse()
        .onError(deadLetter(letters))
        .toList()
        .onUndelivered((stage, element) -> undelivered.add(element))
        .start(executor);

    assertThatExceptionOfType(PipelineFailedException.class)
        .isThrownBy(run::await)
        .withCauseInstanceOf(NumberFormatException.class)
        .satisfies(failed -> assertThat(failed.getCause().getSuppressed())
            .singleElement()
            .asString()
            .endsWith("the channel is closed"));
    assertThat(undelivered).containsExactly("two");
  }

  @Test
  void deadLetterWaitsForRoomAndAnswersToACancel() throws Exception {
    Channel<DeadLetter<String>> letters = Channel.rendezvous();
    var failing = new CountDownLatch(1);
    var undelivered = new ArrayList<Object>();
    var run = Pipeline.from(List.of("two"))
        .map("parse", word -> {
          failing.countDown();
          return Integer.parseInt(word);
        })
        .onError(deadLetter(letters))
        .toList()
        .onUndelivered((stage, element) -> undelivered.add(element))
        .start(executor);
    failing.await();

    run.cancel();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
    assertThat(undelivered).containsExactly("two");
    assertThat(run.stages().get(1).deadLettered()).isZero();
  }

  @Test
  void retryTriesAgain() throws Exception {
    var calls = new AtomicInteger();
    var run = Pipeline.from(List.of("a"))
        .map("flaky", word -> {
          if (calls.incrementAndGet() <= 2) {
            throw new IOException("not yet");
          }
          return word;
        })
        .onError(retry(2, AT_ONCE))
        .toList()
        .start(executor);

    assertThat(run.await()).containsExactly("a");
    assertThat(calls).hasValue(3);
    assertThat(run.stages().get(1).retried()).isEqualTo(2);
    assertThat(run.stages().get(1).failed()).isZero();
  }

  @Test
  void retryFailsAfterTheLastAttempt() {
    var calls = new AtomicInteger();
    var run = Pipeline.from(List.of("a"))
        .map("broken", word -> {
          throw new IOException("attempt " + calls.incrementAndGet());
        })
        .onError(retry(2, AT_ONCE))
        .toList()
        .start(executor);

    assertThatExceptionOfType(PipelineFailedException.class)
        .isThrownBy(run::await)
        .withMessage("stage 'broken' failed: java.io.IOException: attempt 3");
  }

  @Test
  void retryOrElseDoesThatAfterTheLastAttempt() throws Exception {
    Channel<DeadLetter<String>> letters = Channel.unbounded();
    var run =
        parse().onError(retry(3, AT_ONCE).orElse(deadLetter(letters))).toList().start(executor);

    assertThat(run.await()).containsExactly(1, 3);
    assertThat(letters.receive().attempts()).isEqualTo(4);
    assertThat(parse()
            .onError(retry(1, AT_ONCE).orElse(skip()))
            .toList()
            .start(executor)
            .await())
        .containsExactly(1, 3);
  }

  @Test
  void retryDoesNotPassOnTwiceWhatAFlatMapMakesBeforeItFails() throws Exception {
    var calls = new AtomicInteger();
    Iterable<Integer> failing = () -> {
      var number = calls.incrementAndGet();
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < 3;
        }

        @Override
        public Integer next() {
          if (next == 2 && number == 1) {
            throw new IllegalStateException("in the middle");
          }
          return next++;
        }
      };
    };

    var run = Pipeline.from(List.of("a"))
        .flatMap("expand", word -> failing)
        .onError(retry(1, AT_ONCE))
        .toList()
        .start(executor);

    assertThat(run.await()).containsExactly(0, 1, 2);
  }

  @Test
  void retryWaitsOnTheTimeOfThePipeline() {
    Simulation.explore(10, simulation -> {
      var time = simulation.clock();
      var attempts = new ArrayList<Long>();
      var started = time.nanoTime();
      var run = Pipeline.from(List.of("a"))
          .map("broken", word -> {
            attempts.add((time.nanoTime() - started) / 100_000_000);
            throw new IOException("never");
          })
          .onError(retry(3).orElse(skip()))
          .toList()
          .timeSource(time)
          .start(work -> simulation.fork("stage", work::run));

      assertThat(run.await()).isEmpty();
      assertThat(attempts).containsExactly(0L, 1L, 3L, 7L);
    });
  }

  @Test
  void stopDuringABackOffLetsTheElementHaveItsAttempts() {
    Simulation.explore(20, simulation -> {
      var time = simulation.clock();
      var calls = new int[1];
      var run = Pipeline.generate(() -> "a")
          .map("flaky", word -> {
            if (++calls[0] == 1) {
              throw new IOException("not yet");
            }
            return word;
          })
          .onError(retry(1, Backoff.constant(Duration.ofSeconds(10))))
          .toList()
          .timeSource(time)
          .start(work -> simulation.fork("stage", work::run));
      time.sleep(Duration.ofSeconds(5));

      run.stop();

      assertThat(run.await()).containsExactly("a");
    });
  }

  @Test
  void cancelDuringABackOffReportsTheElement() {
    Simulation.explore(20, simulation -> {
      var time = simulation.clock();
      var undelivered = new ArrayList<Object>();
      var run = Pipeline.from(List.of("a"))
          .map("broken", word -> {
            throw new IOException("never");
          })
          .onError(retry(1, Backoff.constant(Duration.ofDays(1))).orElse(skip()))
          .toList()
          .onUndelivered((stage, element) -> undelivered.add(element))
          .timeSource(time)
          .start(work -> simulation.fork("stage", work::run));
      time.sleep(Duration.ofSeconds(5));

      run.cancel();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(run::await);
      assertThat(undelivered).containsExactly("a");
      assertThat(run.stages().get(1).skipped()).isZero();
    });
  }

  @Test
  void errorsFailTheRunInAnyCase() {
    var run = Pipeline.from(List.of("a"))
        .map("broken", word -> {
          throw new AssertionError("a bug");
        })
        .onError(retry(3, AT_ONCE).orElse(skip()))
        .toList()
        .start(executor);

    assertThatExceptionOfType(PipelineFailedException.class)
        .isThrownBy(run::await)
        .withMessage("stage 'broken' failed: java.lang.AssertionError: a bug");
  }

  @Test
  void brokenBackoffFailsTheRun() {
    var run =
        parse().onError(retry(1, failures -> null).orElse(skip())).toList().start(executor);

    assertThatExceptionOfType(PipelineFailedException.class)
        .isThrownBy(run::await)
        .withMessage(
            "stage 'parse' failed: java.lang.NullPointerException: the backoff returned null");
  }

  @Test
  void refusesBadOptions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> retry(0))
        .withMessage("times must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> retry(1).orElse(retry(2)))
        .withMessage("after the last attempt comes fail, skip or deadLetter, not another retry:"
            + " use one retry with more attempts");
  }
}
