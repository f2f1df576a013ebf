package dev.touchstone.benchmarks.channel;

import dev.touchstone.concurrency.channel.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpmcArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time for one element in and out again, by one thread, without waiting. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UncontendedBenchmark {

  private static final int CAPACITY = 128;

  private final Channel<Integer> channel = Channel.buffered(CAPACITY);
  private final ArrayBlockingQueue<Integer> array = new ArrayBlockingQueue<>(CAPACITY);
  private final LinkedBlockingQueue<Integer> linked = new LinkedBlockingQueue<>(CAPACITY);
  private final MpmcArrayQueue<Integer> jctools = new MpmcArrayQueue<>(CAPACITY);
  private final Integer element = 7;

  /** Ours. */
  @Benchmark
  public Integer channel() {
    channel.trySend(element);
    return channel.tryReceive();
  }

  /** The JDK's array. */
  @Benchmark
  public Integer arrayBlockingQueue() {
    array.offer(element);
    return array.poll();
  }

  /** The JDK's list. */
  @Benchmark
  public Integer linkedBlockingQueue() {
    linked.offer(element);
    return linked.poll();
  }

  /** For reference: cannot be closed, wakes nobody. */
  @Benchmark
  public Integer jctoolsMpmc() {
    jctools.offer(element);
    return jctools.poll();
  }
}
