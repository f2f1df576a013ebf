package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.concurrency.testing.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tasks that wait for tasks. */
class HelpingTest {

  private static final int SEEDS = 300;

  private static ManagedExecutor open(Simulation simulation, String name, int concurrency) {
    return ManagedExecutor.virtual(name)
        .concurrency(concurrency)
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .build();
  }

  /** With one place for all of them this would never end in an executor that only waits. */
  private static int fibonacci(ManagedExecutor executor, int n) throws Exception {
    if (n < 2) {
      return n;
    }
    var one = executor.submit(() -> fibonacci(executor, n - 1));
    var two = executor.submit(() -> fibonacci(executor, n - 2));
    return one.get() + two.join();
  }

  @Test
  void letsTasksWaitForPartsOfTheirWork() {
    Simulation.explore(SEEDS, simulation -> {
      var executor = open(simulation, "sim", 1 + simulation.random().nextInt(2));

      assertThat(executor.submit(() -> fibonacci(executor, 5)).get()).isEqualTo(5);

      executor.close();
      assertThat(executor.snapshot().completed()).isEqualTo(15);
      assertThat(executor.snapshot().active()).isZero();
    });
  }

  @Test
  void happensOnTheThreadThatWaitsAndRunsNothingElse() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var ran = new ArrayList<String>();
      var threads = executor
          .submit(() -> {
            executor.execute(() -> ran.add("other"));
            var part = executor.submit(Thread::currentThread);
            var helper = part.get();
            assertThat(ran).as("came first, but nobody waits for it").isEmpty();
            return List.of(Thread.currentThread(), helper);
          })
          .get();

      assertThat(threads.get(0)).isSameAs(threads.get(1));
    }
  }

  @Test
  void isShownAmongTheRunningTasks() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var seen = executor
          .submit(() -> executor.submit(() -> executor.running().size()).get())
          .get();

      assertThat(seen).isEqualTo(2);
      assertThat(executor.snapshot().completed()).isEqualTo(2);
    }
  }

  @Test
  void endsWithTheInterruptionOfWhatItRuns() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var started = new CountDownLatch(1);
      var part = new AtomicReference<Task<?>>();
      var flag = executor.submit(() -> {
        part.set(executor.submit(() -> {
          started.countDown();
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait(); // unlike a wait this leaves the flag set
          }
          return "too late";
        }));
        assertThatExceptionOfType(CancellationException.class)
            .isThrownBy(() -> part.get().get());
        return Thread.currentThread().isInterrupted();
      });
      started.await();

      part.get().cancel(true);

      assertThat(flag.get()).as("the interruption was meant for the part").isFalse();
    }
  }

  @Test
  void leavesTheInterruptionOfTheOneThatWaits() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var started = new CountDownLatch(1);
      var bothAreCancelled = new CountDownLatch(1);
      var part = new AtomicReference<Task<?>>();
      var flag = new CompletableFuture<Boolean>();
      var whole = executor.submit(() -> {
        part.set(executor.submit(() -> {
          started.countDown();
          awaitDeafly(bothAreCancelled);
        }));
        assertThatExceptionOfType(CancellationException.class)
            .isThrownBy(() -> part.get().get());
        flag.complete(Thread.currentThread().isInterrupted());
      });
      started.await();

      whole.cancel(true);
      part.get().cancel(true);
      bothAreCancelled.countDown();

      assertThat(flag.get()).as("one of the two was meant for the whole").isTrue();
    }
  }

  private static void awaitDeafly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException ignored) {
        continue;
      }
    }
  }

  @Test
  void doesNotHappenInATimedGet() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var outcome = executor.submit(() -> {
        var part = executor.submit(() -> "late");
        try {
          return part.get(1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException expected) {
          return "timed out";
        }
      });

      assertThat(outcome.get()).isEqualTo("timed out");
    }
  }

  @Test
  void doesNotReachIntoOtherExecutors() throws Exception {
    try (var one = ManagedExecutor.virtual("one").concurrency(1).build();
        var other = ManagedExecutor.platform("other").concurrency(1).build()) {
      var busy = new CountDownLatch(1);
      other.execute(() -> awaitQuietly(busy));
      var name = one.submit(() -> {
        var part = other.submit(() -> Thread.currentThread().getName());
        busy.countDown();
        return part.get();
      });

      assertThat(name.get()).startsWith("other-");
    }
  }

  @Test
  void refusesToWaitForItself() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var self = new AtomicReference<Task<?>>();
      var known = new CountDownLatch(1);
      self.set(executor.submit(named("narcissus", () -> {
        known.await();
        return self.get().get();
      })));
      known.countDown();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> self.get().get())
          .withCauseInstanceOf(ExecutorStarvationException.class)
          .havingCause()
          .withMessage("waiting would never end: 'narcissus' waits for 'narcissus'; use whenDone"
              + " instead of one of the waits, or a timed get");
    }
  }

  @Test
  void keepsTheFlagWhenItRefusesToWait() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var self = new AtomicReference<Task<Boolean>>();
      var known = new CountDownLatch(1);
      self.set(executor.submit(() -> {
        known.await();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ExecutorStarvationException.class)
            .isThrownBy(() -> self.get().join());
        return Thread.currentThread().isInterrupted();
      }));
      known.countDown();

      assertThat(self.get().get()).isTrue();
    }
  }

  /** Without the exception each of these schedules ends in a deadlock. */
  @Test
  void refusesToCloseACycleOfWaits() {
    Simulation.explore(SEEDS, simulation -> {
      var size = 2 + simulation.random().nextInt(2);
      var executor = open(simulation, "sim", size);
      var other = open(simulation, "other", size);
      var tasks = new ArrayList<Task<?>>();
      var known = new CountDownLatch(1);
      for (int i = 0; i < size; i++) {
        var next = (i + 1) % size;
        var home = simulation.random().nextBoolean() ? executor : other;
        tasks.add(home.submit(named("task " + i, () -> {
          known.await();
          return tasks.get(next).join();
        })));
      }
      known.countDown();

      var starved = 0;
      for (var task : tasks) {
        try {
          task.get();
        } catch (ExecutionException failure) {
          var root = failure.getCause();
          while (root instanceof CompletionException) {
            root = root.getCause();
          }
          assertThat(root).isInstanceOf(ExecutorStarvationException.class);
          assertThat(((ExecutorStarvationException) root).tasks()).hasSize(size);
          starved++;
        }
      }

      assertThat(starved).as("all fail with the one that found it").isEqualTo(size);
      executor.close();
      other.close();
    });
  }

  @Test
  void goesOnWhilePaused() throws Exception {
    try (var executor = ManagedExecutor.virtual("io").concurrency(1).build()) {
      var result = executor.submit(() -> {
        executor.pause();
        return executor.submit(() -> "part").get();
      });

      assertThat(result.get()).isEqualTo("part");
    }
  }

  private static <T> Callable<T> named(String name, Callable<T> work) {
    return new Callable<>() {
      @Override
      public T call() throws Exception {
        return work.call();
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
