package dev.touchstone.benchmarks.structured;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.keyed.SingleFlight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand virtual threads ask at the same time, all for one key or each for its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class SingleFlightBenchmark {

  private static final int CALLERS = 1_000;

  @Param({"1", "1000"})
  private int keys;

  private ManagedExecutor executor;
  private SingleFlight<Integer, Integer> flights;
  private final ConcurrentHashMap<Integer, CompletableFuture<Integer>> map =
      new ConcurrentHashMap<>();

  @Setup(Level.Trial)
  public void open() {
    executor = ManagedExecutor.virtual("flights").build();
    flights = SingleFlight.on(executor);
  }

  @TearDown(Level.Trial)
  public void close() {
    executor.close();
  }

  @FunctionalInterface
  private interface Ask {
    Integer ask(Integer key) throws Exception;
  }

  private int askAll(Ask ask) throws InterruptedException {
    var done = new CountDownLatch(CALLERS);
    var failure = new AtomicReference<Exception>();
    for (int i = 0; i < CALLERS; i++) {
      var key = i % keys;
      Thread.startVirtualThread(() -> {
        try {
          ask.ask(key);
        } catch (Exception e) {
          failure.set(e);
        } finally {
          done.countDown();
        }
      });
    }
    done.await();
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return keys;
  }

  @Benchmark
  @OperationsPerInvocation(CALLERS)
  public int touchstone() throws InterruptedException {
    return askAll(key -> flights.get(key, () -> key));
  }

  /** What people write by hand; nobody can leave, and a caller runs the work. */
  @Benchmark
  @OperationsPerInvocation(CALLERS)
  public int mapOfFuturesOnCaller() throws InterruptedException {
    return askAll(key -> {
      var mine = new CompletableFuture<Integer>();
      var present = map.putIfAbsent(key, mine);
      if (present != null) {
        return present.get();
      }
      mine.complete(key);
      map.remove(key, mine);
      return key;
    });
  }

  /** The same with the work on the executor. */
  @Benchmark
  @OperationsPerInvocation(CALLERS)
  public int mapOfFuturesOnExecutor() throws InterruptedException {
    return askAll(key -> {
      var mine = new CompletableFuture<Integer>();
      var present = map.putIfAbsent(key, mine);
      if (present != null) {
        return present.get();
      }
      executor.execute(() -> {
        map.remove(key, mine);
        mine.complete(key);
      });
      return mine.get();
    });
  }
}
