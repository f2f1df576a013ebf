package dev.touchstone.benchmarks.executor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of a task that does next to nothing, so that what is measured is the executor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExecutorBenchmark {

  private static final int BATCH = 10_000;
  private static final int ROUND_TRIPS = 1_000;
  private static final int SUBMITTERS = 8;

  @Param
  private Peer peer;

  private Executor executor;

  @Setup(Level.Iteration)
  public void open() {
    executor = peer.open();
  }

  @TearDown(Level.Iteration)
  public void close() throws Exception {
    Peer.close(executor);
  }

  /** One submitter gives a batch and waits for its end. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void executeFromOne() throws InterruptedException {
    var done = new CountDownLatch(BATCH);
    for (int i = 0; i < BATCH; i++) {
      executor.execute(done::countDown);
    }
    done.await();
  }

  /** Eight virtual threads share the batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void executeFromEight() throws InterruptedException {
    var done = new CountDownLatch(BATCH);
    for (int submitter = 0; submitter < SUBMITTERS; submitter++) {
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < BATCH / SUBMITTERS; i++) {
          executor.execute(done::countDown);
        }
      });
    }
    done.await();
  }

  /** A virtual thread gives one task after the other and waits for each result. */
  @Benchmark
  @OperationsPerInvocation(ROUND_TRIPS)
  public void roundTripFromVirtual() throws InterruptedException {
    Thread.startVirtualThread(() -> {
          for (int i = 0; i < ROUND_TRIPS; i++) {
            var task = new FutureTask<>(() -> "result");
            executor.execute(task);
            getOf(task);
          }
        })
        .join();
  }

  private static void getOf(FutureTask<String> task) {
    try {
      task.get();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
