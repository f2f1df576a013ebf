package dev.touchstone.concurrency.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.UnderManySchedules;
import dev.touchstone.concurrency.sync.WakeSignal.Cause;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.Simulation.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Named;

/** Guarded state, signals and group commits under many schedules, interrupted at random moments. */
class SyncSimulationTest extends UnderManySchedules {

  static List<Named<Scenario>> scenarios() {
    return List.of(
        Named.of("guarded queue", SyncSimulationTest::guarded),
        Named.of("guarded hand-over", SyncSimulationTest::handOver),
        Named.of("signals", SyncSimulationTest::signals),
        Named.of("due times", SyncSimulationTest::dueTimes),
        Named.of("group commit", SyncSimulationTest::groupCommit));
  }

  /** A bounded queue made of guarded state: what goes in comes out, once. */
  private static void guarded(Simulation simulation) throws Exception {
    var queue = Guarded.<Deque<Integer>>of("queue", new ArrayDeque<>(), simulation.clock());
    var sent = new int[1];
    var received = new int[1];
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(simulation.fork("sender-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          try {
            if (queue.await(it -> it.isEmpty(), it -> it.add(1), micros(200)).isPresent()) {
              sent[0]++;
            }
          } catch (InterruptedException nothingSent) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
        }
      }));
      threads.add(simulation.fork("receiver-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          try {
            var got = queue.await(it -> !it.isEmpty(), Deque::remove, micros(200));
            received[0] += got.orElse(0);
          } catch (InterruptedException nothingReceived) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
        }
      }));
    }
    simulation.interruptSometime(threads.get(0));
    simulation.interruptSometime(threads.get(1));
    for (var thread : threads) {
      thread.join();
    }
    assertThat(received[0] + queue.<Integer>read(Deque::size)).isEqualTo(sent[0]);
  }

  /** Without timeouts: a change that nobody hears of is a deadlock. */
  private static void handOver(Simulation simulation) {
    var place = Guarded.<Deque<Integer>>of("place", new ArrayDeque<>(), simulation.clock());
    for (int i = 0; i < 2; i++) {
      simulation.fork("sender-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          place.<Boolean>await(Deque::isEmpty, it -> it.add(1));
        }
      });
      simulation.fork("receiver-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          place.<Integer>await(it -> !it.isEmpty(), Deque::remove);
        }
      });
    }
  }

  /** Whatever is added before a signal is seen without waiting for the poll. */
  private static void signals(Simulation simulation) throws Exception {
    var start = simulation.clock().nanoTime();
    var wake = WakeSignal.builder()
        .poll(Duration.ofDays(1))
        .random(simulation.random())
        .timeSource(simulation.clock())
        .build();
    var jobs = new int[1];
    var done = new int[1];
    var worker = simulation.fork("worker", () -> {
      while (done[0] < 6) {
        try {
          assertThat(wake.await()).isEqualTo(Cause.SIGNAL);
        } catch (InterruptedException early) {
          continue; // the signal, if there was one, is still there
        }
        done[0] += jobs[0];
        jobs[0] = 0;
      }
    });
    simulation.interruptSometime(worker);
    for (int i = 0; i < 2; i++) {
      simulation.fork("producer-" + i, () -> {
        for (int j = 0; j < 3; j++) {
          jobs[0]++;
          wake.signal();
          simulation.point();
        }
      });
    }
    worker.join();
    assertThat(simulation.clock().nanoTime() - start)
        .isLessThan(Duration.ofHours(12).toNanos());
  }

  private static void dueTimes(Simulation simulation) throws Exception {
    var clock = simulation.clock();
    var wake = WakeSignal.builder()
        .poll(Duration.ofSeconds(10))
        .jitter(0.1)
        .random(simulation.random())
        .timeSource(clock)
        .build();
    var start = clock.nanoTime();
    var setter = simulation.fork("setter", () -> {
      wake.dueIn(Duration.ofSeconds(5));
      wake.dueIn(Duration.ofSeconds(2));
      wake.dueIn(Duration.ofSeconds(3));
    });
    assertThat(wake.await()).isEqualTo(Cause.DUE);
    assertThat(Duration.ofNanos(clock.nanoTime() - start))
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_001));
    setter.join();
    assertThat(wake.await()).isIn(Cause.POLL, Cause.DUE); // 3 s if it was set after the first end
    assertThat(Duration.ofNanos(clock.nanoTime() - start)).isLessThan(Duration.ofMillis(13_001));
  }

  /** Every accepted item is committed once, in order, or fails; closing leaves none. */
  private static void groupCommit(Simulation simulation) throws Exception {
    var random = simulation.random();
    var committed = new ArrayList<Integer>();
    var committing = new int[1];
    var committer = GroupCommitter.builder((List<Integer> items) -> {
          assertThat(++committing[0]).isEqualTo(1);
          try {
            simulation.clock().sleep(micros(random.nextInt(10)));
            if (items.contains(13)) {
              throw new IOException("unlucky");
            }
            committed.addAll(items);
            return items.stream().map(item -> "row " + item).toList();
          } finally {
            committing[0]--;
          }
        })
        .maxBatch(1 + random.nextInt(3))
        .capacity(1 + random.nextInt(3))
        .linger(micros(random.nextInt(5)))
        .grace(random.nextBoolean() ? Duration.ofDays(1) : micros(random.nextInt(30)))
        .threadFactory(simulation.threadFactory())
        .timeSource(simulation.clock())
        .open();
    var accepted = new ArrayList<CompletableFuture<String>>();
    var submitters = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      var first = 10 * i;
      submitters.add(simulation.fork("submitter-" + i, () -> {
        for (int j = 0; j < 5; j++) {
          try {
            accepted.add(committer.submit(first + j));
          } catch (InterruptedException notAccepted) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          } catch (CommitterClosedException closed) {
            return;
          }
        }
      }));
    }
    simulation.interruptSometime(submitters.get(0));
    simulation.clock().sleep(micros(random.nextInt(40)));
    committer.close();
    for (var submitter : submitters) {
      submitter.join();
    }
    assertThat(accepted).allMatch(CompletableFuture::isDone);
    var successes = 0;
    for (var result : accepted) {
      try {
        assertThat(result.join()).startsWith("row ");
        successes++;
      } catch (CompletionException failed) {
        assertThat(failed.getCause())
            .isInstanceOfAny(
                IOException.class, CommitterClosedException.class, InterruptedException.class);
      }
    }
    assertThat(committed).hasSize(successes).doesNotHaveDuplicates();
    assertThat(committed.stream().filter(item -> item < 10)).isSorted();
    assertThat(committed.stream().filter(item -> item >= 10)).isSorted();
  }

  private static Duration micros(int micros) {
    return Duration.ofNanos(micros * 1_000L);
  }
}
