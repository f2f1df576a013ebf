package dev.touchstone.benchmarks.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.RejectionReason;
import dev.touchstone.concurrency.executor.Saturation;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import dev.touchstone.concurrency.testing.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what is not a matter of nanoseconds: threads and memory under overload, the length of a
 * drain, and the speed of the simulator.
 *
 * <p>A program and not a benchmark, because each is a count of one long run.
 */
public final class Overload {

  private static final int SUBMISSIONS = 1_000_000;
  private static final int LIMIT = 100;
  private static final int DRAINS = 10_000;
  private static final int SCHEDULES = 20_000;

  private Overload() {}

  public static void main(String[] arguments) {
    submissions();
    drains(arguments.length > 0 ? Integer.parseInt(arguments[0]) : DRAINS);
    schedules();
  }

  /** A million submissions against a limit of 100 and a queue of 1,000. */
  private static void submissions() {
    var threads = new AtomicInteger();
    var alive = new AtomicInteger();
    var mostAlive = new AtomicInteger();
    var executor = ManagedExecutor.virtual("overload")
        .concurrency(LIMIT)
        .queue(1_000)
        .saturation(Saturation.REJECT)
        .threadFactory(work -> {
          threads.incrementAndGet();
          return Thread.ofVirtual().unstarted(() -> {
            mostAlive.accumulateAndGet(alive.incrementAndGet(), Math::max);
            try {
              work.run();
            } finally {
              alive.decrementAndGet();
            }
          });
        })
        .build();
    var before = heapInUse();
    var accepted = 0;
    for (int i = 0; i < SUBMISSIONS; i++) {
      try {
        executor.execute(() -> LockSupport.parkNanos(1_000_000));
        accepted++;
      } catch (TaskRejectedException full) {
        continue;
      }
    }
    var during = heapInUse();
    executor.close();
    System.out.printf(
        "%,d submissions: %,d accepted, %,d rejected; most threads alive %d, started %,d; heap %+,d KiB%n",
        SUBMISSIONS,
        accepted,
        executor.snapshot().rejected(RejectionReason.SATURATED),
        mostAlive.get(),
        threads.get(),
        (during - before) / 1024);
  }

  private static long heapInUse() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Drains of 64 running and 10,000 queued tasks, with a grace of 1 ms. */
  private static void drains(int runs) {
    var grace = Duration.ofMillis(1);
    var took = new long[runs];
    var dirty = 0;
    for (int run = 0; run < runs; run++) {
      var started = new CountDownLatch(64);
      var executor =
          ManagedExecutor.virtual("drained").concurrency(64).queue(10_000).build();
      for (int i = 0; i < 10_064; i++) {
        executor.execute(() -> {
          started.countDown();
          LockSupport.park(); // until it is interrupted
        });
      }
      awaitAll(started);
      var begin = System.nanoTime();
      var report = executor.drain(grace);
      took[run] = System.nanoTime() - begin;
      if (!executor.isTerminated()
          || report.neverStarted().size() + report.cancelled() + report.completed() != 10_064) {
        dirty++;
      }
    }
    Arrays.sort(took);
    System.out.printf(
        "%,d drains of 64 running and 10,000 queued tasks: median %.1f ms, 99 %% %.1f ms, longest"
            + " %.1f ms; incomplete: %d%n",
        runs, took[runs / 2] / 1e6, took[runs * 99 / 100] / 1e6, took[runs - 1] / 1e6, dirty);
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Five threads of twelve operations each on a queue of the JDK. */
  private static void schedules() {
    Simulation.Scenario scenario = simulation -> {
      var queue = new ArrayBlockingQueue<Integer>(1);
      for (int i = 0; i < 2; i++) {
        simulation.fork("producer-" + i, () -> {
          for (int j = 0; j < 12; j++) {
            queue.put(j);
          }
        });
        simulation.fork("consumer-" + i, () -> {
          for (int j = 0; j < 12; j++) {
            queue.take();
          }
        });
      }
      for (int j = 0; j < 12; j++) {
        simulation.point();
      }
    };
    Simulation.explore(SCHEDULES / 4, scenario);
    var begin = System.nanoTime();
    Simulation.explore(SCHEDULES, scenario);
    var seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%,d schedules of five threads with twelve operations each: %,.0f a second%n",
        SCHEDULES, SCHEDULES / seconds);
  }
}
