package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What tasks see of the threads that ask for them. */
class ContextOfTasksTest {

  private static final int SEEDS = 100;

  private static final ThreadLocal<String> USER = new ThreadLocal<>();
  private static final ContextPropagation CONTEXT =
      ContextPropagation.all(ContextPropagation.of(USER), ContextPropagation.mdc());

  private static final List<Callable<String>> SEEN = List.of(ContextOfTasksTest::seen);

  @AfterEach
  void clear() {
    become(null);
  }

  private static void become(String user) {
    if (user == null) {
      USER.remove();
      MDC.clear();
    } else {
      USER.set(user);
      MDC.put("user", user);
    }
  }

  /** Returns the user of this thread, and that of its log. */
  private static String seen() {
    return USER.get() + "/" + MDC.get("user");
  }

  private static ManagedExecutor one(ManagedExecutor.Mode mode) {
    var builder = mode == ManagedExecutor.Mode.VIRTUAL
        ? ManagedExecutor.virtual("one")
        : ManagedExecutor.platform("one");
    return builder.concurrency(1).context(CONTEXT).build();
  }

  private static ManagedExecutor simulated(Simulation simulation) {
    return ManagedExecutor.virtual("sim")
        .concurrency(2)
        .context(CONTEXT)
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .build();
  }

  @ParameterizedTest
  @EnumSource(ManagedExecutor.Mode.class)
  void isThatOfTheSubmitterHoweverItSubmits(ManagedExecutor.Mode mode) throws Exception {
    try (var executor = one(mode)) {
      become("ada");
      var executed = new CompletableFuture<String>();
      executor.execute(() -> executed.complete(seen()));
      var ran = new CompletableFuture<String>();
      var run = executor.submit(() -> {
        ran.complete(seen());
      });
      var called = executor.submit(ContextOfTasksTest::seen);
      var interruptible = executor.submitInterruptibly(ContextOfTasksTest::seen);
      become("bob"); // too late for the tasks above

      run.get();
      assertThat(List.of(executed.get(), ran.get(), called.get(), interruptible.get()))
          .containsOnly("ada/ada");
      assertThat(executor.invokeAny(SEEN)).isEqualTo("bob/bob");
      assertThat(executor.invokeAll(SEEN).getFirst().get()).isEqualTo("bob/bob");
    }
  }

  @ParameterizedTest
  @EnumSource(ManagedExecutor.Mode.class)
  void doesNotStayOnTheThread(ManagedExecutor.Mode mode) throws Exception {
    try (var executor = one(mode)) {
      become("ada");
      executor.submit(() -> become("eve")).get();
      var afterwards = new CompletableFuture<String>();
      var registered = new CountDownLatch(1);
      var failing = executor.submit(() -> {
        registered.await();
        become("eve");
        throw new IllegalStateException("expected");
      });
      failing.whenDone((result, failure) -> afterwards.complete(seen()));
      registered.countDown();
      become(null);

      assertThat(executor.submit(ContextOfTasksTest::seen).get()).isEqualTo("null/null");
      assertThat(afterwards.get()).as("callback").isEqualTo("null/null");
    }
  }

  @Test
  void isNothingUnlessAsked() throws Exception {
    try (var executor = ManagedExecutor.virtual("plain").build()) {
      become("ada");

      assertThat(executor.submit(ContextOfTasksTest::seen).get()).isEqualTo("null/null");
      assertThat(executor.context()).isSameAs(ContextPropagation.none());
    }
  }

  @Test
  void isSeenByATaskThatItsCallerRuns() throws Exception {
    var go = new CountDownLatch(1);
    try (var executor = ManagedExecutor.virtual("full")
        .concurrency(1)
        .queue(0)
        .saturation(Saturation.CALLER_RUNS)
        .context(CONTEXT)
        .build()) {
      executor.submit(() -> go.await(1, MINUTES));
      become("ada");

      var task = executor.submit(() -> {
        var before = seen();
        become("eve");
        return before;
      });

      assertThat(task.get()).isEqualTo("ada/ada");
      assertThat(seen()).isEqualTo("ada/ada");
      go.countDown();
    }
  }

  @Test
  void isSeenByATaskThatRunsInAGet() throws Exception {
    try (var executor = one(ManagedExecutor.Mode.VIRTUAL)) {
      become("ada");
      var outer = executor.submit(() -> {
        become("inner");
        var inner =
            executor.submit(() -> seen() + " on " + Thread.currentThread().getName());
        become("outer");
        return inner.get() + ", then " + seen() + " on "
            + Thread.currentThread().getName();
      });

      assertThat(outer.get()).isEqualTo("inner/inner on one-1, then outer/outer on one-1");
    }
  }

  @Test
  void ofRepeatedWorkIsThatOfItsStart() {
    Simulation.explore(SEEDS, simulation -> {
      var executor = simulated(simulation);
      var seen = new ArrayList<String>();
      become("ada");
      var periodic = executor.every(Duration.ofSeconds(1)).start(() -> {
        seen.add(seen());
        become("eve");
      });
      become("bob");

      simulation.clock().sleep(Duration.ofMillis(2_500));

      periodic.close();
      executor.close();
      assertThat(seen).containsExactly("ada/ada", "ada/ada");
    });
  }

  @Test
  void ofASecondAttemptIsThatOfTheFirst() {
    Simulation.explore(SEEDS, simulation -> {
      var executor = simulated(simulation);
      var seen = new ArrayList<String>();
      become("ada");
      var answer = Async.hedge(executor, Duration.ofMillis(50), () -> {
        seen.add(seen());
        simulation.clock().sleep(Duration.ofSeconds(seen.size() == 1 ? 60 : 1));
        return seen();
      });
      become("bob");

      assertThat(answer.get()).isEqualTo("ada/ada");
      executor.close();
      assertThat(seen).containsExactly("ada/ada", "ada/ada");
    });
  }

  @Test
  void ofSeveralSubmittersAreKeptApart() {
    Simulation.explore(SEEDS, simulation -> {
      var executor = simulated(simulation);
      var wrong = new ArrayList<String>();
      var submitters = List.of("ada", "bob", "eve").stream()
          .map(user -> simulation.fork(user, () -> {
            for (int i = 0; i < 3; i++) {
              become(user + i);
              var expected = seen();
              executor.execute(() -> {
                simulation.point();
                if (!Objects.equals(seen(), expected)) {
                  wrong.add(seen() + " instead of " + expected);
                }
              });
            }
          }))
          .toList();
      for (var submitter : submitters) {
        submitter.join();
      }

      executor.close();
      assertThat(wrong).isEmpty();
      assertThat(executor.snapshot().completed()).isEqualTo(9);
    });
  }

  @Test
  void thatCannotBeCapturedIsThrownToTheSubmitter() {
    var broken = new IllegalStateException("no context");
    try (var executor = ManagedExecutor.virtual("broken")
        .context(() -> {
          throw broken;
        })
        .build()) {

      assertThatThrownBy(() -> executor.execute(() -> {})).isSameAs(broken);
      assertThatThrownBy(() -> executor.submit(() -> "never")).isSameAs(broken);
      assertThat(executor.snapshot().active()).isZero();
    }
  }

  @Test
  void thatCannotBeOpenedOrClosedFailsTheTask() throws Exception {
    var broken = new IllegalStateException("broken context");
    ContextPropagation opening = () -> () -> {
      throw broken;
    };
    ContextPropagation closing = () -> () -> () -> {
      throw broken;
    };
    for (var context : List.of(opening, closing)) {
      try (var executor =
          ManagedExecutor.virtual("broken").concurrency(1).context(context).build()) {
        var task = executor.submit(() -> "lost");

        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(task::get)
            .withCause(broken);
        assertThat(executor.submit(() -> "next"))
            .as("its place is free")
            .failsWithin(Duration.ofMinutes(1));
      }
    }
  }

  @Test
  void isNoPartOfWhatNeverStarted() throws Exception {
    var never = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var executor = one(ManagedExecutor.Mode.VIRTUAL);
    executor.submit(() -> {
      started.countDown();
      never.await();
      return null;
    });
    started.await();
    var ran = new ArrayList<String>();
    become("ada");
    executor.submit(() -> ran.add(seen()));
    become("bob");

    executor.drain(Duration.ZERO).neverStarted().forEach(Runnable::run);

    assertThat(ran).containsExactly("bob/bob");
  }
}
