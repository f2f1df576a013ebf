package dev.touchstone.benchmarks.structured;

import dev.touchstone.concurrency.scope.TaskScope;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Forks subtasks that do nothing, joins and closes; the owner is a virtual thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class ScopeBenchmark {

  private static final Callable<Integer> WORK = () -> 1;

  @Param({"2", "10", "1000"})
  private int subtasks;

  @Benchmark
  public Object touchstone() throws InterruptedException {
    try (var scope = TaskScope.<Integer>open()) {
      for (int i = 0; i < subtasks; i++) {
        scope.fork(WORK);
      }
      return scope.join();
    }
  }

  @Benchmark
  public Object jdkPreview() throws Throwable {
    return JdkScope.run(subtasks, WORK);
  }

  /** Not a scope: what the threads alone cost. */
  @Benchmark
  public int threadsAndLatch() throws InterruptedException {
    var latch = new CountDownLatch(subtasks);
    for (int i = 0; i < subtasks; i++) {
      Thread.startVirtualThread(latch::countDown);
    }
    latch.await();
    return subtasks;
  }
}
