package dev.touchstone.benchmarks.structured;

import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.touchstone.concurrency.limit.ConcurrencyLimiter;
import dev.touchstone.concurrency.limit.Limit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Takes a permit and gives it back: alone, or with a thousand virtual threads for ten permits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class LimiterBenchmark {

  private static final int THREADS = 1_000;
  private static final int PERMITS = 10;
  private static final int ROUNDS = 10;

  private final ConcurrencyLimiter touchstone = ConcurrencyLimiter.of(PERMITS);
  private final ConcurrencyLimiter adaptive =
      ConcurrencyLimiter.builder(Limit.aimd(1, PERMITS, PERMITS)).build();
  private final Semaphore semaphore = new Semaphore(PERMITS);
  private final Semaphore fairSemaphore = new Semaphore(PERMITS, true);
  private final SimpleLimiter<Void> netflix =
      SimpleLimiter.newBuilder().limit(FixedLimit.of(PERMITS)).build();
  private final BlockingLimiter<Void> netflixBlocking = BlockingLimiter.wrap(netflix);

  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private static int byAll(Step step) throws InterruptedException {
    var done = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      Thread.startVirtualThread(() -> {
        try {
          for (int j = 0; j < ROUNDS; j++) {
            step.run();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          done.countDown();
        }
      });
    }
    done.await();
    return THREADS;
  }

  @Benchmark
  public void touchstoneAlone() throws InterruptedException {
    touchstone.acquire().success();
  }

  @Benchmark
  public void touchstoneAdaptiveAlone() throws InterruptedException {
    adaptive.acquire().success();
  }

  @Benchmark
  public void semaphoreAlone() throws InterruptedException {
    semaphore.acquire();
    semaphore.release();
  }

  @Benchmark
  public void netflixAlone() {
    netflix.acquire(null).orElseThrow().onSuccess();
  }

  @Benchmark
  @OperationsPerInvocation(THREADS * ROUNDS)
  public int touchstoneOf1000() throws InterruptedException {
    return byAll(() -> {
      try (var permit = touchstone.acquire()) {
        Thread.yield(); // others come while it is held
        permit.success();
      }
    });
  }

  @Benchmark
  @OperationsPerInvocation(THREADS * ROUNDS)
  public int semaphoreOf1000() throws InterruptedException {
    return byAll(() -> {
      semaphore.acquire();
      Thread.yield();
      semaphore.release();
    });
  }

  @Benchmark
  @OperationsPerInvocation(THREADS * ROUNDS)
  public int fairSemaphoreOf1000() throws InterruptedException {
    return byAll(() -> {
      fairSemaphore.acquire();
      Thread.yield();
      fairSemaphore.release();
    });
  }

  @Benchmark
  @OperationsPerInvocation(THREADS * ROUNDS)
  public int netflixOf1000() throws InterruptedException {
    return byAll(() -> {
      var permit = netflixBlocking.acquire(null).orElseThrow();
      Thread.yield();
      permit.onSuccess();
    });
  }
}
