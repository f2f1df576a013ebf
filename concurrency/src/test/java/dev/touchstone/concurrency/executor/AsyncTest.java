package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AsyncTest {

  private static final Exception FIRST = new IllegalStateException("first");
  private static final Exception SECOND = new IllegalStateException("second");

  private final CompletableFuture<String> a = new CompletableFuture<>();
  private final CompletableFuture<String> b = new CompletableFuture<>();
  private final List<CompletableFuture<String>> both = List.of(a, b);

  @Nested
  class All {

    @Test
    void keepsTheOrder() throws Exception {
      var all = Async.all(both);

      b.complete("b");
      a.complete("a");

      assertThat(all.get()).containsExactly("a", "b");
    }

    @Test
    void failsFastAndCancelsTheRest() {
      var all = Async.all(both);

      b.completeExceptionally(FIRST);

      assertThatExceptionOfType(ExecutionException.class).isThrownBy(all::get).withCause(FIRST);
      assertThat(a).isCancelled();
    }

    @Test
    void suppressesFurtherFailures() {
      var failure = new IllegalStateException("first");
      b.completeExceptionally(failure);
      a.completeExceptionally(SECOND);

      var all = Async.all(List.of(b, a));

      assertThat(all.exceptionNow()).isSameAs(failure).hasSuppressedException(SECOND);
    }

    @Test
    void ofNothingIsEmpty() throws Exception {
      assertThat(Async.all(List.<CompletableFuture<String>>of()).get()).isEmpty();
    }

    @Test
    void cancelsTheSourcesWhenCancelled() {
      Async.all(both).cancel(true);

      assertThat(a).isCancelled();
      assertThat(b).isCancelled();
    }
  }

  @Nested
  class Any {

    @Test
    void takesTheFirstSuccess() throws Exception {
      var any = Async.any(both);

      a.completeExceptionally(FIRST);
      assertThat(any).isNotDone();
      b.complete("b");

      assertThat(any.get()).isEqualTo("b");
    }

    @Test
    void failsWhenAllFail() {
      var failure = new IllegalStateException("first");
      var any = Async.any(both);

      b.completeExceptionally(failure);
      a.completeExceptionally(SECOND);

      assertThat(any.exceptionNow()).isSameAs(failure).hasSuppressedException(SECOND);
    }

    @Test
    void ofNothingIsAnError() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Async.any(List.<CompletableFuture<String>>of()))
          .withMessage("sources must not be empty");
    }
  }

  @Nested
  class Race {

    @Test
    void takesTheFirstFailureToo() {
      var race = Async.race(both);

      a.completeExceptionally(FIRST);

      assertThat(race.exceptionNow()).isSameAs(FIRST);
      assertThat(b).isCancelled();
    }
  }

  @Nested
  class Timeout {

    @Test
    void failsAndCancelsTheSource() {
      Simulation.run(0, simulation -> {
        var source = new CompletableFuture<String>();
        var timed = Async.timeout(source, Duration.ofHours(1), simulation.clock());

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(timed::get)
            .withCauseInstanceOf(TimeoutException.class)
            .havingCause()
            .withMessage("no result within PT1H");
        assertThat(source).isCancelled();
      });
    }

    @Test
    void hasNoEffectOnAResultInTime() throws Exception {
      var timed = Async.timeout(a, Duration.ofHours(1), TimeSource.system());

      a.complete("a");

      assertThat(timed.get()).isEqualTo("a");
    }
  }

  @Nested
  class Hedge {

    @Test
    void startsASecondAttemptAfterTheDelay() {
      Simulation.explore(100, simulation -> {
        var attempts = new AtomicInteger();
        var executor = open(simulation);

        var result = Async.hedge(executor, Duration.ofMillis(50), () -> {
          var attempt = attempts.incrementAndGet();
          simulation.clock().sleep(attempt == 1 ? Duration.ofHours(1) : Duration.ofMillis(10));
          return attempt;
        });

        assertThat(result.get()).isEqualTo(2);
        executor.close();
        assertThat(executor.snapshot().cancelled()).as("the slow attempt").isEqualTo(1);
      });
    }

    @Test
    void hasOneAttemptWhenThatIsFast() {
      Simulation.explore(100, simulation -> {
        var attempts = new AtomicInteger();
        var executor = open(simulation);

        var result = Async.hedge(executor, Duration.ofMillis(50), attempts::incrementAndGet);

        assertThat(result.get()).isEqualTo(1);
        executor.close();
        assertThat(attempts).hasValue(1);
      });
    }

    @Test
    void failsAsTheOnlyAttemptDoes() {
      Simulation.explore(100, simulation -> {
        var executor = open(simulation);

        var result = Async.hedge(executor, Duration.ofMillis(50), () -> {
          throw FIRST;
        });

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(result::get)
            .withCause(FIRST);
        executor.close();
      });
    }

    @Test
    void failsAsTheFirstDoesWhenThereIsNoPlaceForTheSecond() {
      Simulation.explore(100, simulation -> {
        var failure = new IllegalStateException("expected");
        var executor = builder(simulation).concurrency(1).queue(0).build();

        var result = Async.hedge(executor, Duration.ofMillis(50), () -> {
          simulation.clock().sleep(Duration.ofSeconds(1));
          throw failure;
        });

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(result::get)
            .withCause(failure);
        executor.close();
      });
    }

    @Test
    void endsWhenTheSecondCannotBeSubmitted() {
      Simulation.explore(100, simulation -> {
        var failure = new IllegalStateException("expected");
        var asked = new int[1];
        var executor = builder(simulation)
            .priority(work -> {
              if (++asked[0] == 2) {
                throw new IllegalArgumentException("no priority");
              }
              return 0;
            })
            .build();

        var result = Async.hedge(executor, Duration.ofMillis(50), () -> {
          simulation.clock().sleep(Duration.ofSeconds(1));
          throw failure;
        });

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(result::get)
            .havingCause()
            .withMessage("no priority")
            .satisfies(first -> assertThat(first).hasSuppressedException(failure));
        executor.close();
      });
    }

    private static ManagedExecutor open(Simulation simulation) {
      return builder(simulation).build();
    }

    private static ManagedExecutor.Builder builder(Simulation simulation) {
      return ManagedExecutor.virtual("hedge")
          .timeSource(simulation.clock())
          .threadFactory(simulation.threadFactory());
    }
  }
}
