package dev.touchstone.benchmarks.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to hear of every task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ListenerBenchmark {

  private static final int BATCH = 10_000;

  /** Whether somebody listens. */
  @Param({"false", "true"})
  private boolean listening;

  private final LongAdder heard = new LongAdder();
  private ManagedExecutor executor;

  @Setup(Level.Iteration)
  public void open() {
    var builder = ManagedExecutor.platform("heard").concurrency(2).queue(2 * BATCH);
    executor = listening ? builder.listener(event -> heard.increment()).build() : builder.build();
  }

  @TearDown(Level.Iteration)
  public void close() {
    executor.close();
  }

  /** One submitter gives a batch and waits for its end; a task spends about a microsecond. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void execute() throws InterruptedException {
    var done = new CountDownLatch(BATCH);
    for (int i = 0; i < BATCH; i++) {
      executor.execute(() -> {
        Blackhole.consumeCPU(400);
        done.countDown();
      });
    }
    done.await();
  }
}
