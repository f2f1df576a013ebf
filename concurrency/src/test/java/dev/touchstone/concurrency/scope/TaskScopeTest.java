package dev.touchstone.concurrency.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TaskScopeTest {

  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> reported = new ConcurrentLinkedQueue<>();
  private final CountDownLatch never = new CountDownLatch(1);

  /** Remembers the threads, so that each test shows that none is left. */
  private ScopeConfiguration watched(ScopeConfiguration settings) {
    return settings
        .threadFactory(work -> {
          var thread = Thread.ofVirtual().unstarted(work);
          threads.add(thread);
          return thread;
        })
        .failureListener((name, failure) -> reported.add(failure));
  }

  private <T, R> TaskScope<T, R> open(Joiner<T, R> joiner) {
    return TaskScope.open(joiner, this::watched);
  }

  private <T, R> TaskScope<T, R> open(
      Joiner<T, R> joiner, UnaryOperator<ScopeConfiguration> settings) {
    return TaskScope.open(joiner, defaults -> settings.apply(watched(defaults)));
  }

  @AfterEach
  void noSubtaskIsLeft() throws InterruptedException {
    for (var thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  private String waitForever() throws InterruptedException {
    never.await();
    return "never";
  }

  private static <T> Callable<T> failing(Exception failure) {
    return () -> {
      throw failure;
    };
  }

  /** Waits for the cancellation, and then fails for a reason of its own. */
  private Callable<String> failingWhenCancelled(Exception failure) {
    return () -> {
      try {
        never.await();
      } catch (InterruptedException cancelled) {
        throw failure;
      }
      return "never";
    };
  }

  @Nested
  class AllSuccessful {

    @Test
    void givesTheResultsInTheOrderOfTheForks() throws Exception {
      try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
        var second = new CountDownLatch(1);
        scope.fork(() -> {
          second.await();
          return "first";
        });
        scope.fork(() -> {
          second.countDown();
          return "second";
        });

        assertThat(scope.join()).containsExactly("first", "second");
      }
    }

    @Test
    void givesNothingForNoSubtasks() throws Exception {
      try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
        assertThat(scope.join()).isEmpty();
      }
    }

    @Test
    void allowsNullAsAResult() throws Exception {
      try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
        scope.fork(() -> {});

        assertThat(scope.join()).containsExactly((String) null);
      }
    }

    @Test
    void isCancelledByAFailure() throws Exception {
      var failure = new IOException("broken");
      try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
        var waiting = scope.fork(TaskScopeTest.this::waitForever);
        scope.fork(failing(failure));

        assertThatThrownBy(scope::join)
            .isInstanceOf(FailedException.class)
            .hasMessage("a subtask of scope 'scope' failed: java.io.IOException: broken")
            .hasCause(failure)
            .hasNoSuppressedExceptions();
        assertThat(scope.isCancelled()).isTrue();
        assertThat(waiting.state()).isEqualTo(Subtask.State.UNAVAILABLE);
      }
      assertThat(reported).isEmpty();
    }

    @Test
    void suppressesTheFailuresThatComeLater() {
      var first = new IOException("first");
      var late = new IOException("while cleaning up");
      var thrown = catchThrowableOfType(FailedException.class, () -> {
        try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
          var started = new CountDownLatch(1);
          scope.fork(() -> {
            started.countDown();
            return failingWhenCancelled(late).call();
          });
          scope.fork(() -> {
            started.await();
            throw first;
          });
          scope.join();
        }
      });

      assertThat(thrown).hasCause(first);
      assertThat(thrown.getSuppressed()).containsExactly(late);
      assertThat(reported).isEmpty();
    }
  }

  @Nested
  class AnySuccessful {

    @Test
    void givesTheFirstResultAndCancelsTheRest() throws Exception {
      try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
        scope.fork(TaskScopeTest.this::waitForever);
        scope.fork(() -> "fast");

        assertThat(scope.join()).isEqualTo("fast");
        assertThat(scope.isCancelled()).isTrue();
      }
    }

    @Test
    void failsWithTheFirstFailureWhenAllFail() throws Exception {
      var first = new IOException("first");
      var second = new IOException("second");
      try (var scope = open(Joiner.<String>anySuccessfulOrThrow(), s -> s.limit(1))) {
        scope.fork(failing(first));
        scope.fork(failing(second));

        var thrown = catchThrowableOfType(FailedException.class, scope::join);

        assertThat(thrown).hasCause(first);
        assertThat(thrown.getSuppressed()).containsExactly(second);
      }
    }

    @Test
    void failsWithoutSubtasks() {
      try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
        assertThatThrownBy(scope::join)
            .isInstanceOf(FailedException.class)
            .hasCauseInstanceOf(NoSuchElementException.class);
      }
    }

    @Test
    void reportsAnUnrelatedFailureThatComesAfterTheResult() throws Exception {
      var late = new IOException("while cleaning up");
      try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
        var started = new CountDownLatch(1);
        scope.fork(() -> {
          started.countDown();
          return failingWhenCancelled(late).call();
        });
        scope.fork(() -> {
          started.await();
          return "fast";
        });
        assertThat(scope.join()).isEqualTo("fast");
      }
      assertThat(reported).containsExactly(late);
    }

    @Test
    void reportsAllFailuresThatComeAfterTheResultWhateverTheListenerDoes() throws Exception {
      var late = List.of(new IOException("one"), new IOException("other"));
      try (var scope = open(
          Joiner.<String>anySuccessfulOrThrow(),
          s -> s.failureListener((name, failure) -> {
            reported.add(failure);
            throw new IllegalStateException("expected in the log");
          }))) {
        var started = new CountDownLatch(2);
        for (var failure : late) {
          scope.fork(() -> {
            started.countDown();
            return failingWhenCancelled(failure).call();
          });
        }
        scope.fork(() -> {
          started.await();
          return "fast";
        });
        assertThat(scope.join()).isEqualTo("fast");
      }
      assertThat(reported).containsExactlyInAnyOrderElementsOf(late);
    }
  }

  @Nested
  class OtherJoiners {

    @Test
    void awaitAllWaitsForFailuresToo() throws Exception {
      var failure = new IOException("broken");
      try (var scope = open(Joiner.<String>awaitAll())) {
        var failed = scope.fork(failing(failure));
        var succeeded = scope.fork(() -> "result");
        scope.join();

        assertThat(failed.state()).isEqualTo(Subtask.State.FAILED);
        assertThat(failed.exception()).isSameAs(failure);
        assertThat(succeeded.get()).isEqualTo("result");
        assertThat(scope.isCancelled()).isFalse();
        assertThatThrownBy(failed::get)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the subtask must be in state SUCCESS, but is in state FAILED");
      }
      assertThat(reported).isEmpty();
    }

    @Test
    void allUntilStopsAtTheCondition() throws Exception {
      try (var scope = open(
          Joiner.<Integer>allUntil(
              subtask -> subtask.state() == Subtask.State.SUCCESS && subtask.get() > 1),
          s -> s.limit(1))) {
        for (int i = 0; i < 5; i++) {
          var number = i;
          scope.fork(() -> number);
        }

        assertThat(scope.join())
            .extracting(Subtask::state)
            .containsExactly(
                Subtask.State.SUCCESS,
                Subtask.State.SUCCESS,
                Subtask.State.SUCCESS,
                Subtask.State.UNAVAILABLE,
                Subtask.State.UNAVAILABLE);
      }
    }

    @Test
    void theDefaultWaitsForSuccess() throws Exception {
      var ran = new AtomicInteger();
      try (var scope = TaskScope.open()) {
        scope.fork(ran::incrementAndGet);
        scope.fork(() -> {
          ran.incrementAndGet();
        });
        assertThat(scope.join()).isNull();
      }
      assertThat(ran).hasValue(2);
    }

    @Test
    void onForkCanCancel() throws Exception {
      var ran = new AtomicInteger();
      var joiner = new Joiner<String, String>() {
        @Override
        public boolean onFork(Subtask<? extends String> subtask) {
          return true;
        }

        @Override
        public String result() {
          return "enough";
        }
      };
      try (var scope = open(joiner)) {
        scope.fork(() -> "ran " + ran.incrementAndGet());
        assertThat(scope.join()).isEqualTo("enough");
      }
      assertThat(ran).hasValue(0);
      assertThat(threads).isEmpty();
    }

    @Test
    void aBrokenJoinerFailsTheJoin() {
      var broken = new IllegalStateException("broken joiner");
      var joiner = new Joiner<String, String>() {
        @Override
        public boolean onComplete(Subtask<? extends String> subtask) {
          throw broken;
        }

        @Override
        public String result() {
          return "result";
        }
      };
      try (var scope = open(joiner)) {
        scope.fork(() -> "x");
        scope.fork(TaskScopeTest.this::waitForever);
        assertThatThrownBy(scope::join).isInstanceOf(FailedException.class).hasCause(broken);
      }
    }
  }

  @Nested
  class Deadline {

    private static final int SEEDS = 100;

    @Test
    void cancelsAndThrows() {
      try (var scope =
          open(Joiner.<String>allSuccessfulOrThrow(), s -> s.timeout(Duration.ofMillis(20)))) {
        scope.fork(TaskScopeTest.this::waitForever);

        assertThatThrownBy(scope::join)
            .isInstanceOf(ScopeTimeoutException.class)
            .hasMessage("the deadline of the scope came before its result: allow more time, or let"
                + " the joiner make a result of what is there (Joiner.onTimeout)");
      }
    }

    @Test
    void canLeadToAResult() {
      Simulation.explore(SEEDS, simulation -> {
        try (var scope = open(
            new SnippetsTest.WhatIsThere<String>(),
            s -> in(simulation, s).timeout(Duration.ofMillis(100)))) {
          scope.fork(() -> "fast");
          scope.fork(TaskScopeTest.this::waitForever);

          assertThat(scope.join()).containsExactly("fast");
        }
      });
    }

    @Test
    void startsNothingWhenItIsOverAtOnce() {
      var ran = new AtomicInteger();
      try (var scope = open(Joiner.awaitAll(), s -> s.timeout(Duration.ZERO))) {
        scope.fork(ran::incrementAndGet);
        assertThatThrownBy(scope::join).isInstanceOf(ScopeTimeoutException.class);
      }
      assertThat(ran).hasValue(0);
    }

    @Test
    void isInheritedByScopesInTheBlock() {
      try (var outer = open(Joiner.awaitAll(), s -> s.timeout(Duration.ofMillis(20)));
          var inner = open(Joiner.<String>awaitAll(), s -> s.timeout(Duration.ofDays(1)))) {
        inner.fork(TaskScopeTest.this::waitForever);
        assertThatThrownBy(inner::join).isInstanceOf(ScopeTimeoutException.class);
        assertThat(outer).isNotNull();
      }
    }

    @Test
    void isInheritedByScopesInSubtasks() {
      Simulation.explore(SEEDS, simulation -> {
        var ended = new AtomicReference<Throwable>();
        try (var outer =
            open(Joiner.awaitAll(), s -> in(simulation, s).timeout(Duration.ofMillis(20)))) {
          outer.fork(() -> {
            try (var inner = open(Joiner.<String>awaitAll(), s -> in(simulation, s))) {
              inner.fork(TaskScopeTest.this::waitForever);
              inner.join();
            } catch (InterruptedException outerWasFirst) {
              ended.set(outerWasFirst);
            } catch (ScopeTimeoutException innerWasFirst) {
              ended.set(innerWasFirst);
              waitForever(); // for the outer
            }
            return null;
          });
          assertThatThrownBy(outer::join).isInstanceOf(ScopeTimeoutException.class);
        }
        assertThat(ended.get()).isNotNull();
      });
    }

    /** Time passes when nobody can go on, however slow the machine is. */
    private ScopeConfiguration in(Simulation simulation, ScopeConfiguration settings) {
      return settings.timeSource(simulation.clock()).threadFactory(simulation.threadFactory());
    }
  }

  @Nested
  class Structure {

    @Test
    void belongsToItsOwner() throws Exception {
      try (var scope = TaskScope.open()) {
        var stranger = new AtomicReference<List<Throwable>>();
        var thread = Thread.ofPlatform()
            .name("stranger")
            .start(() -> stranger.set(List.of(
                catchThrowable(() -> scope.fork(() -> "x")),
                catchThrowable(scope::join),
                catchThrowable(scope::close))));
        thread.join();

        assertThat(stranger.get())
            .hasSize(3)
            .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(WrongThreadException.class));
        assertThat(stranger.get().getFirst())
            .hasMessageStartingWith("fork of scope 'scope' is for its owner")
            .hasMessageContaining("stranger");
      }
    }

    @Test
    void allowsNoForkAfterJoin() throws Exception {
      try (var scope = TaskScope.open()) {
        scope.join();
        assertThatThrownBy(() -> scope.fork(() -> "late"))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("scope 'scope' cannot fork any more: fork before join and close");
        assertThatThrownBy(scope::join)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("scope 'scope' cannot be joined again: join once, before close");
      }
    }

    @Test
    void givesTheOwnerNoResultBeforeJoin() throws Exception {
      try (var scope = TaskScope.open()) {
        var subtask = scope.fork(() -> "result");
        assertThatThrownBy(subtask::get)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("must join before");
        scope.join();
        assertThat(subtask.get()).isEqualTo("result");
      }
    }

    @Test
    void cancelsWhatWasForkedAndNotJoined() {
      var interrupted = new AtomicInteger();
      var started = new CountDownLatch(1);
      assertThatThrownBy(() -> {
            try (var scope = open(Joiner.<String>awaitAll())) {
              scope.fork(() -> {
                started.countDown();
                try {
                  return waitForever();
                } catch (InterruptedException cancelled) {
                  interrupted.incrementAndGet();
                  throw cancelled;
                }
              });
              started.await();
            }
          })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "scope 'scope' was closed without a join after a fork: what ran was cancelled;"
                  + " call join");
      assertThat(interrupted).hasValue(1);
    }

    @Test
    void mayBeClosedTwice() throws Exception {
      var scope = TaskScope.open();
      scope.fork(() -> "x");
      scope.join();
      scope.close();
      scope.close();
    }

    @Test
    void closesAScopeThatWasLeftOpenInside() {
      var outer = open(Joiner.<String>awaitAll(), s -> s.name("outer"));
      var inner = open(Joiner.<String>awaitAll(), s -> s.name("inner"));
      inner.fork(TaskScopeTest.this::waitForever);

      assertThatThrownBy(outer::close)
          .isInstanceOf(StructureViolationException.class)
          .hasMessage("scope 'inner' was still open when 'outer' ended, and has been closed: close"
              + " each scope in the block that opened it, with try-with-resources");
      inner.close();
    }

    @Test
    void failsASubtaskThatLeavesAScopeOpen() throws Exception {
      try (var scope = open(Joiner.<String>awaitAll())) {
        var careless = scope.fork(() -> {
          open(Joiner.<String>awaitAll()).fork(TaskScopeTest.this::waitForever);
          return "done";
        });
        scope.join();

        assertThat(careless.state()).isEqualTo(Subtask.State.FAILED);
        assertThat(careless.exception()).isInstanceOf(StructureViolationException.class);
      }
    }

    @Test
    void leavesTheThreadAsItWas() throws Exception {
      try (var outer = TaskScope.open()) {
        try (var inner = TaskScope.open()) {
          inner.join();
        }
        outer.fork(() -> "still mine");
        outer.join();
      }
    }
  }

  @Nested
  class Interruption {

    @Test
    void onEntryIsThrown() {
      try (var scope = open(Joiner.<String>awaitAll())) {
        scope.fork(() -> "x");
        Thread.currentThread().interrupt();

        assertThatThrownBy(scope::join).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(scope.isCancelled()).isTrue();
      }
    }

    @Test
    void ofAWaitingJoinCancels() throws Exception {
      var outcome = new AtomicReference<Throwable>();
      var started = new CountDownLatch(1);
      var owner = Thread.ofVirtual().start(() -> {
        try (var scope = open(Joiner.<String>awaitAll())) {
          scope.fork(() -> {
            started.countDown();
            return waitForever();
          });
          scope.join();
        } catch (Exception thrown) {
          outcome.set(thrown);
        }
      });
      started.await();
      owner.interrupt();
      owner.join();

      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void ofACloseDoesNotEndItsWait() throws Exception {
      var release = new CountDownLatch(1);
      var ended = new AtomicInteger();
      var flag = new AtomicReference<Boolean>();
      var started = new CountDownLatch(1);
      var owner = Thread.ofVirtual().unstarted(() -> {
        var scope = open(Joiner.<String>anySuccessfulOrThrow());
        scope.fork(() -> {
          started.countDown();
          while (release.getCount() > 0) { // ignores interruptions
            try {
              release.await();
            } catch (InterruptedException ignored) {
              continue;
            }
          }
          ended.incrementAndGet();
          return "late";
        });
        scope.fork(() -> {
          started.await();
          return "fast";
        });
        try {
          scope.join();
        } catch (InterruptedException unexpected) {
          return;
        }
        Thread.currentThread().interrupt();
        release.countDown();
        scope.close();
        flag.set(ended.get() == 1 && Thread.currentThread().isInterrupted());
      });
      owner.start();
      owner.join();

      assertThat(flag.get()).isTrue();
    }
  }

  @Nested
  class Settings {

    @Test
    void limitHowManyRunAtOnce() throws Exception {
      var now = new AtomicInteger();
      var most = new AtomicInteger();
      try (var scope = open(Joiner.<Integer>allSuccessfulOrThrow(), s -> s.limit(3))) {
        for (int i = 0; i < 50; i++) {
          scope.fork(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            return now.decrementAndGet();
          });
        }
        assertThat(scope.join()).hasSize(50);
      }
      assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void nameTheThreads() throws Exception {
      try (var scope =
          TaskScope.open(Joiner.<String>allSuccessfulOrThrow(), s -> s.name("orders"))) {
        scope.fork(() -> Thread.currentThread().getName());
        assertThat(scope.join()).containsExactly("orders-1");
        assertThat(scope).hasToString("scope 'orders'");
      }
    }

    @Test
    void workWithPlatformThreads() throws Exception {
      try (var scope = TaskScope.open(
          Joiner.<Boolean>allSuccessfulOrThrow(),
          s -> s.threadFactory(Thread.ofPlatform().factory()))) {
        scope.fork(() -> Thread.currentThread().isVirtual());
        assertThat(scope.join()).containsExactly(false);
      }
    }

    @Test
    void carryTheContextOfTheFork() throws Exception {
      var user = new ThreadLocal<String>();
      try (var scope = open(
          Joiner.<String>allSuccessfulOrThrow(), s -> s.context(ContextPropagation.of(user)))) {
        user.set("ada");
        scope.fork(user::get);
        user.set("grace");
        scope.fork(user::get);
        assertThat(scope.join()).containsExactly("ada", "grace");
      }
    }

    @Test
    void failASubtaskWithoutAThread() throws Exception {
      var refusals = new ArrayList<Subtask<String>>();
      try (var scope = TaskScope.open(
          Joiner.<String>awaitAll(), s -> s.threadFactory(work -> null).limit(1))) {
        refusals.add(scope.fork(() -> "one"));
        refusals.add(scope.fork(() -> "two"));
        scope.join();
      }
      assertThat(refusals)
          .allSatisfy(subtask -> assertThat(subtask.exception())
              .isInstanceOf(RejectedExecutionException.class)
              .hasRootCauseMessage("the thread factory returned null"));
    }

    @Test
    void areChecked() {
      assertThatThrownBy(() -> TaskScope.open(Joiner.awaitAll(), s -> s.limit(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("limit must be at least 1, was 0");
      assertThatThrownBy(() -> TaskScope.open(Joiner.awaitAll(), s -> s.name(" ")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("name must not be blank");
      assertThatThrownBy(
              () -> TaskScope.open(Joiner.awaitAll(), s -> s.grace(Duration.ofSeconds(-1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("grace must not be negative, was PT-1S");
    }
  }
}
