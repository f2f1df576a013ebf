package dev.touchstone.benchmarks.channel;

import dev.touchstone.benchmarks.channel.TransferBenchmark.Threads;
import dev.touchstone.concurrency.channel.Channel;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time per element from four senders to one receiver that takes up to 64 at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBenchmark {

  private static final int ELEMENTS = 64_000;
  private static final int SENDERS = 4;
  private static final int BATCH = 64;

  @Param
  Threads threads;

  @Param("1024")
  int capacity;

  private interface Send {
    void one(Integer element) throws InterruptedException;
  }

  private interface Receive {
    int some() throws InterruptedException;
  }

  /** Ours, in batches. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void channelBatch() throws InterruptedException, ExecutionException {
    var channel = Channel.<Integer>buffered(capacity);
    move(channel::send, () -> channel.receiveBatch(BATCH).size());
  }

  /** Ours, one by one. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void channelSingle() throws InterruptedException, ExecutionException {
    var channel = Channel.<Integer>buffered(capacity);
    move(channel::send, () -> channel.receive() >= 0 ? 1 : 0);
  }

  /** The JDK's array: {@code take}, then {@code drainTo}. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void arrayBlockingQueue() throws InterruptedException, ExecutionException {
    moveBy(new ArrayBlockingQueue<>(capacity));
  }

  /** The JDK's list: {@code take}, then {@code drainTo}. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void linkedBlockingQueue() throws InterruptedException, ExecutionException {
    moveBy(new LinkedBlockingQueue<>(capacity));
  }

  private void moveBy(BlockingQueue<Integer> queue)
      throws InterruptedException, ExecutionException {
    move(queue::put, () -> {
      var batch = new ArrayList<Integer>();
      batch.add(queue.take());
      return 1 + queue.drainTo(batch, BATCH - 1);
    });
  }

  private void move(Send send, Receive receive) throws InterruptedException, ExecutionException {
    var tasks = new ArrayList<FutureTask<?>>();
    for (var s = 0; s < SENDERS; s++) {
      tasks.add(new FutureTask<>(() -> {
        for (var i = 0; i < ELEMENTS / SENDERS; i++) {
          send.one(i & 127);
        }
        return null;
      }));
    }
    tasks.add(new FutureTask<>(() -> {
      var received = 0;
      while (received < ELEMENTS) {
        received += receive.some();
      }
      return null;
    }));
    for (var task : tasks) {
      threads.start(task);
    }
    for (var task : tasks) {
      task.get();
    }
  }
}
