package dev.touchstone.concurrency.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.UnderManySchedules;
import dev.touchstone.concurrency.executor.ManagedExecutor.Builder;
import dev.touchstone.concurrency.executor.ManagedExecutor.Mode;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Named;

/**
 * Scenarios that block, under many schedules, with interruptions, timeouts and shutdowns at random
 * moments.
 *
 * <p>A scenario that loses a wake-up ends in a {@code DeadlockError}, and so does one that leaves a
 * thread behind.
 */
class ExecutorSimulationTest extends UnderManySchedules {

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("submitters and their interruption", s -> submit(s, Mode.VIRTUAL)),
        Named.of("submitters of kept threads", s -> submit(s, Mode.PLATFORM)),
        Named.of("cancellation", ExecutorSimulationTest::cancel),
        Named.of("drain", s -> drain(s, Mode.VIRTUAL)),
        Named.of("drain of kept threads", s -> drain(s, Mode.PLATFORM)),
        Named.of("queue and run timeouts", s -> timeouts(s, Mode.VIRTUAL)),
        Named.of("timeouts of kept threads", s -> timeouts(s, Mode.PLATFORM)),
        Named.of("tasks that wait for tasks", ExecutorSimulationTest::help),
        Named.of("timed get", ExecutorSimulationTest::timedGet),
        Named.of("resize and pause", ExecutorSimulationTest::control),
        Named.of("invokeAll and invokeAny", ExecutorSimulationTest::invoke));
  }

  private static Builder builder(Simulation simulation, Mode mode) {
    var builder = switch (mode) {
      case VIRTUAL -> ManagedExecutor.virtual("sim");
      case PLATFORM -> ManagedExecutor.platform("sim");
    };
    return builder
        .timeSource(simulation.clock())
        .threadFactory(simulation.threadFactory())
        .failureListener((name, failure) -> simulation.fork("listener", () -> {
          throw new AssertionError("nobody should have to hear of this", failure);
        }));
  }

  /** Every accepted task runs once, the bounds hold, and an interrupted submitter left no trace. */
  private static void submit(Simulation simulation, Mode mode) throws Exception {
    var random = simulation.random();
    var executor = builder(simulation, mode)
        .concurrency(1 + random.nextInt(2))
        .queue(random.nextInt(3))
        .saturation(random.nextBoolean() ? Saturation.BLOCK : Saturation.blockFor(micros(20)))
        .build();
    var most = executor.snapshot().concurrency();
    var accepted = new ArrayList<Task<Integer>>();
    var counts = new int[2]; // running, ended
    var submitters = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      submitters.add(simulation.fork("submitter-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          try {
            accepted.add(executor.submitInterruptibly(() -> {
              assertThat(++counts[0]).isLessThanOrEqualTo(most);
              simulation.point();
              counts[0]--;
              return ++counts[1];
            }));
          } catch (InterruptedException notAccepted) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          } catch (TaskRejectedException notAccepted) {
            assertThat(notAccepted.reason()).isEqualTo(RejectionReason.TIMED_OUT);
          }
        }
      }));
    }
    simulation.interruptSometime(submitters.get(0));
    for (var submitter : submitters) {
      submitter.join();
    }
    assertThat(executor.drain(Duration.ofDays(1)).isClean()).isTrue();

    assertThat(accepted).allMatch(Task::isDone);
    assertThat(counts).containsExactly(0, accepted.size());
    assertThat(executor.snapshot().completed()).isEqualTo(accepted.size());
    assertThat(executor.snapshot().waitingSubmitters()).isZero();
  }

  /** A cancelled task never starts afterwards, and gives its place to those who wait. */
  private static void cancel(Simulation simulation) throws Exception {
    var executor = builder(simulation, Mode.VIRTUAL).concurrency(1).queue(1).build();
    var never = new CountDownLatch(1);
    var started = new boolean[3];
    var cancelledFirst = new boolean[3];
    var tasks = new ArrayList<Task<?>>();
    for (int i = 0; i < 3; i++) {
      var number = i;
      Task<?> task = executor.submit(() -> {
        started[number] = true;
        never.await();
        return "never";
      });
      tasks.add(task);
      simulation.fork("canceller-" + i, () -> {
        simulation.point();
        var wasStarted = started[number];
        assertThat(task.cancel(true)).isTrue();
        cancelledFirst[number] = !wasStarted;
      });
    }
    for (var task : tasks) {
      try {
        task.get();
        throw new AssertionError("the task was not cancelled");
      } catch (CancellationException expected) {
        continue;
      }
    }
    assertThat(executor.drain(Duration.ofDays(1)).isClean()).isTrue();
    assertThat(executor.snapshot().cancelled()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(started[i] && cancelledFirst[i])
          .as("started though cancelled before")
          .isFalse();
    }
  }

  /** Each accepted task is completed, cancelled or never started, and none starts after the end. */
  private static void drain(Simulation simulation, Mode mode) throws Exception {
    var executor = builder(simulation, mode).concurrency(2).queue(2).build();
    var terminated = new boolean[1];
    var accepted = new ArrayList<Task<?>>();
    var ran = new int[1];
    var submitter = simulation.fork("submitter", () -> {
      try {
        for (int i = 0; i < 20; i++) {
          accepted.add(executor.submit(() -> {
            assertThat(terminated[0]).isFalse();
            simulation.clock().sleep(micros(15));
            return ++ran[0];
          }));
        }
      } catch (TaskRejectedException closed) {
        assertThat(closed.reason()).isEqualTo(RejectionReason.SHUT_DOWN);
      }
    });
    simulation.clock().sleep(micros(simulation.random().nextInt(60)));
    var reports = new ArrayList<DrainReport>();

    var closer = simulation.fork("closer", () -> {
      reports.add(executor.drain(micros(simulation.random().nextInt(40))));
      terminated[0] = executor.isTerminated();
    });
    simulation.interruptSometime(closer);
    closer.join();
    submitter.join();

    assertThat(terminated[0]).isTrue();
    var report = reports.getFirst();
    assertThat(report.stuck()).isEmpty();
    var counts = executor.snapshot();
    assertThat(accepted).allMatch(Task::isDone);
    assertThat(counts.completed() + report.cancelled()).isGreaterThanOrEqualTo(ran[0]);
    assertThat(counts.completed()).isLessThanOrEqualTo(ran[0]);
    assertThat(counts.completed() + counts.cancelled()).isEqualTo(accepted.size());
    assertThat(counts.cancelled())
        .isEqualTo(report.cancelled() + report.neverStarted().size());
  }

  /** Each task ends in one way, at its limit at the latest, and its place is free again. */
  private static void timeouts(Simulation simulation, Mode mode) throws Exception {
    var outcomes = new EnumMap<TaskOutcome, Integer>(TaskOutcome.class);
    var executor = builder(simulation, mode)
        .concurrency(1)
        .queue(2)
        .queueTimeout(micros(30))
        .runTimeout(micros(20))
        .listener(event -> {
          if (event instanceof ExecutorEvent.Ended ended) {
            outcomes.merge(ended.outcome(), 1, Integer::sum);
          }
        })
        .build();
    var accepted = new ArrayList<Task<?>>();
    var started = new int[1];
    var submitters = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      submitters.add(simulation.fork("submitter-" + i, () -> {
        for (int j = 0; j < 4; j++) {
          try {
            accepted.add(executor.submitInterruptibly(() -> {
              started[0]++;
              simulation.clock().sleep(micros(simulation.random().nextInt(40)));
              return "in time";
            }));
          } catch (InterruptedException notAccepted) {
            continue;
          }
          if (j == 3) {
            accepted.getLast().cancel(true);
          }
        }
      }));
    }
    simulation.interruptSometime(submitters.getFirst());
    for (var submitter : submitters) {
      submitter.join();
    }
    assertThat(executor.drain(Duration.ofDays(1)).isClean()).isTrue();

    var counts = executor.snapshot();
    assertThat(accepted).allMatch(Task::isDone);
    assertThat(counts.completed() + counts.timedOut() + counts.expired() + counts.cancelled())
        .isEqualTo(accepted.size());
    assertThat(started[0]).isGreaterThanOrEqualTo((int) (counts.completed() + counts.timedOut()));
    assertThat(started[0] + counts.expired()).isLessThanOrEqualTo(accepted.size());
    simulation.clock().sleep(micros(100)); // a timer may tell of a task after its end
    assertThat(outcomes.values().stream().mapToInt(count -> count).sum())
        .isEqualTo(accepted.size());
    assertThat(outcomes.getOrDefault(TaskOutcome.TIMED_OUT, 0)).isEqualTo((int) counts.timedOut());
  }

  /** Whoever runs it, a part of a task runs once; a shutdown ends those that wait for each other. */
  private static void help(Simulation simulation) throws Exception {
    var executor = builder(simulation, Mode.VIRTUAL).concurrency(1).build();
    var runs = new int[1];
    var whole = executor.submit(() -> {
      var parts = new ArrayList<Task<Integer>>();
      for (int i = 0; i < 3; i++) {
        try {
          parts.add(executor.submit(() -> {
            simulation.point();
            return ++runs[0];
          }));
        } catch (TaskRejectedException stopped) {
          assertThat(stopped.reason()).isEqualTo(RejectionReason.SHUT_DOWN);
        }
      }
      var sum = 0;
      for (var part : parts) {
        sum += part.get();
      }
      return sum;
    });
    var control = simulation.fork("control", () -> {
      simulation.clock().sleep(micros(simulation.random().nextInt(20)));
      switch (simulation.random().nextInt(4)) {
        case 0 -> executor.resize(2);
        case 1 -> executor.pause();
        case 2 -> executor.shutdownNow();
        default -> whole.cancel(true);
      }
    });
    control.join();
    executor.resume();
    try {
      assertThat(whole.get()).isEqualTo(6);
    } catch (CancellationException stopped) {
      assertThat(runs[0]).isLessThanOrEqualTo(3);
    }
    assertThat(executor.drain(Duration.ofDays(1)).stuck()).isEmpty();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(executor.snapshot().completed() + executor.snapshot().cancelled())
        .isBetween((long) runs[0], 4L);
  }

  /** A timed get has the result or times out, and leaves no waiter that breaks the others. */
  private static void timedGet(Simulation simulation) throws Exception {
    var executor = builder(simulation, Mode.VIRTUAL).build();
    var task = executor.submit(() -> {
      simulation.clock().sleep(micros(10));
      return "result";
    });
    for (int i = 0; i < 3; i++) {
      var waiter = simulation.fork("waiter-" + i, () -> {
        try {
          assertThat(task.get(simulation.random().nextInt(20), TimeUnit.MICROSECONDS))
              .isEqualTo("result");
        } catch (InterruptedException early) {
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
        } catch (TimeoutException early) {
          assertThat(early).hasMessageStartingWith("no result after PT");
        }
      });
      simulation.interruptSometime(waiter);
    }
    assertThat(task.get()).isEqualTo("result");
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }

  /** Nothing is lost when the bounds change. */
  private static void control(Simulation simulation) throws Exception {
    var executor = builder(simulation, Mode.PLATFORM).concurrency(2).queue(1).build();
    var ran = new int[1];
    var submitter = simulation.fork("submitter", () -> {
      for (int i = 0; i < 6; i++) {
        executor.execute(() -> {
          simulation.point();
          ran[0]++;
        });
      }
    });
    var controller = simulation.fork("controller", () -> {
      executor.pause();
      simulation.point();
      executor.resize(1);
      simulation.point();
      executor.resume();
      executor.resize(3);
    });
    submitter.join();
    controller.join();
    assertThat(executor.drain(Duration.ofDays(1)).isClean()).isTrue();
    assertThat(ran[0]).isEqualTo(6);
  }

  /** The calls that wait for several tasks leave none behind. */
  private static void invoke(Simulation simulation) throws Exception {
    var executor = builder(simulation, Mode.VIRTUAL).concurrency(2).queue(1).build();
    var caller = simulation.fork("caller", () -> {
      try {
        var all = executor.invokeAll(
            List.of(() -> sleep(simulation, 5), () -> sleep(simulation, 9), () -> "c"),
            simulation.random().nextInt(30),
            TimeUnit.MICROSECONDS);
        assertThat(all).hasSize(3).allMatch(future -> future.isDone());
        var any = executor.invokeAny(List.of(() -> sleep(simulation, 8), () -> "fast"));
        assertThat(any).isIn("fast", "slept");
      } catch (InterruptedException early) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
    });
    simulation.interruptSometime(caller);
    caller.join();
    assertThat(executor.drain(Duration.ofDays(1)).stuck()).isEmpty();
    assertThat(executor.isTerminated()).isTrue();
  }

  private static String sleep(Simulation simulation, int micros) throws InterruptedException {
    simulation.clock().sleep(micros(micros));
    return "slept";
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(micros * 1_000L);
  }
}
