package dev.touchstone.benchmarks.structured;

import com.google.common.util.concurrent.Striped;
import dev.touchstone.concurrency.keyed.KeyedLock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Locks one of 10,000 keys, adds to a count, and unlocks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyedLockBenchmark {

  private static final int KEYS = 10_000;

  private final KeyedLock<Integer> touchstone = KeyedLock.create();
  private final Striped<Lock> striped = Striped.lock(1024);
  private final ConcurrentHashMap<Integer, ReentrantLock> kept = new ConcurrentHashMap<>();
  private final Integer[] keys = new Integer[KEYS];
  private final long[] counts = new long[KEYS];

  public KeyedLockBenchmark() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = i * 31;
    }
  }

  private static int next() {
    return ThreadLocalRandom.current().nextInt(KEYS);
  }

  private long withTouchstone() throws InterruptedException {
    var key = next();
    try (var hold = touchstone.lock(keys[key])) {
      return hold == null ? 0 : ++counts[key];
    }
  }

  private long withStriped() {
    var key = next();
    var lock = striped.get(keys[key]);
    lock.lock();
    try {
      return ++counts[key];
    } finally {
      lock.unlock();
    }
  }

  /** Exact, but keeps a lock for each key it has ever seen. */
  private long withKept() {
    var key = next();
    var lock = kept.computeIfAbsent(keys[key], added -> new ReentrantLock());
    lock.lock();
    try {
      return ++counts[key];
    } finally {
      lock.unlock();
    }
  }

  @Benchmark
  public long touchstoneAlone() throws InterruptedException {
    return withTouchstone();
  }

  @Benchmark
  public long stripedAlone() {
    return withStriped();
  }

  @Benchmark
  public long keptAlone() {
    return withKept();
  }

  @Benchmark
  @Threads(16)
  public long touchstoneOf16() throws InterruptedException {
    return withTouchstone();
  }

  @Benchmark
  @Threads(16)
  public long stripedOf16() {
    return withStriped();
  }

  @Benchmark
  @Threads(16)
  public long keptOf16() {
    return withKept();
  }
}
