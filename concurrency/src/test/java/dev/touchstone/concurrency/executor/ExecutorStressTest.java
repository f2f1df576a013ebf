package dev.touchstone.concurrency.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.concurrency.executor.ManagedExecutor.Builder;
import dev.touchstone.concurrency.executor.ManagedExecutor.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real threads that submit, cancel, interrupt, resize, pause and close without end: each accepted
 * task has one end, and the executor knows how many there were of each kind.
 *
 * <p>A short run in every build; a long one in the profile {@code stress}, of as many rounds as
 * {@code -Dtouchstone.rounds} says.
 */
class ExecutorStressTest {

  private static final int SUBMITTERS = 8;
  private static final int TASKS = 500;
  private static final int LONG_RUN = Integer.getInteger("touchstone.rounds", 5_000);

  @ParameterizedTest
  @EnumSource(Mode.class)
  @Timeout(value = 120, unit = SECONDS)
  void countsEveryEndInAFewRounds(Mode mode) throws Exception {
    countsEveryEnd(mode, 20);
  }

  @Tag("stress")
  @ParameterizedTest
  @EnumSource(Mode.class)
  @Timeout(value = 3_600, unit = SECONDS)
  void countsEveryEndInALongRun(Mode mode) throws Exception {
    countsEveryEnd(mode, LONG_RUN);
  }

  private static Builder builder(Mode mode) {
    var random = ThreadLocalRandom.current();
    var builder = switch (mode) {
      case VIRTUAL -> ManagedExecutor.virtual("stress");
      case PLATFORM -> ManagedExecutor.platform("stress");
    };
    builder
        .concurrency(1 + random.nextInt(4))
        .queue(random.nextInt(20))
        .failureListener((name, failure) -> {});
    if (random.nextBoolean()) {
      builder.priority(work -> work.hashCode());
    }
    if (random.nextBoolean()) {
      builder.queueTimeout(Duration.ofMillis(1)).runTimeout(Duration.ofMillis(1));
    }
    return builder;
  }

  private static void countsEveryEnd(Mode mode, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Map<TaskOutcome, LongAdder> heard = new ConcurrentHashMap<>();
      var executor = builder(mode)
          .listener(event -> {
            if (event instanceof ExecutorEvent.Ended ended) {
              heard.computeIfAbsent(ended.outcome(), outcome -> new LongAdder()).increment();
            }
          })
          .build();
      var accepted = new LongAdder();
      var ran = new LongAdder();
      var failures = new ConcurrentLinkedQueue<Throwable>();
      var virtual =
          Thread.ofVirtual().uncaughtExceptionHandler((thread, thrown) -> failures.add(thrown));
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < SUBMITTERS; i++) {
        threads.add(virtual.start(() -> submitAll(executor, accepted, ran)));
      }
      var submitters = List.copyOf(threads);
      threads.add(virtual.start(() -> disturb(executor, submitters)));
      for (var thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();

      executor.drain(Duration.ofNanos(ThreadLocalRandom.current().nextInt(1_000_000)));

      assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
      var counts = executor.snapshot();
      assertThat(counts.completed()
              + counts.cancelled()
              + counts.expired()
              + counts.timedOut()
              + counts.failed())
          .isEqualTo(accepted.sum());
      await() // the timer may tell of a task after its end, and so after that of the executor
          .untilAsserted(
              () -> assertThat(heard.values().stream().mapToLong(LongAdder::sum).sum())
                  .isEqualTo(accepted.sum()));
      assertThat(ran.sum())
          .isBetween(counts.completed(), accepted.sum() - counts.expired() - counts.failed());
      assertThat(counts.active()).isZero();
      assertThat(counts.queued()).isZero();
      assertThat(counts.waitingSubmitters()).isZero();
    }
  }

  private static void submitAll(ManagedExecutor executor, LongAdder accepted, LongAdder ran) {
    var random = ThreadLocalRandom.current();
    for (int i = 0; i < TASKS; i++) {
      try {
        var part = random.nextInt(8) == 0;
        var task = executor.submit(() -> {
          ran.increment();
          if (part) {
            Thread.yield();
          }
        });
        accepted.increment();
        if (random.nextInt(4) == 0) {
          task.cancel(random.nextBoolean());
        }
      } catch (TaskRejectedException interrupted) {
        assertThat(interrupted.reason()).isEqualTo(RejectionReason.INTERRUPTED);
        Thread.interrupted();
      }
    }
  }

  private static void disturb(ManagedExecutor executor, List<Thread> threads) {
    var random = ThreadLocalRandom.current();
    for (int i = 0; i < 200; i++) {
      switch (random.nextInt(4)) {
        case 0 -> executor.resize(1 + random.nextInt(5));
        case 1 -> threads.get(random.nextInt(SUBMITTERS)).interrupt();
        case 2 -> executor.pause();
        default -> executor.resume();
      }
      Thread.yield();
    }
    executor.resume();
  }
}
