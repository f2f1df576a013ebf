package dev.touchstone.benchmarks.channel;

import dev.touchstone.benchmarks.channel.Peer.Transfer;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The time per element when some threads send and others receive as fast as they can.
 *
 * <p>Each invocation starts its threads, moves {@value #ELEMENTS} elements and joins the threads, so
 * the start of the threads is part of the figure, the same for all peers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransferBenchmark {

  private static final int ELEMENTS = 64_000;

  /** What kind of threads send and receive. */
  public enum Threads {
    PLATFORM {
      @Override
      Thread start(Runnable work) {
        return Thread.ofPlatform().start(work);
      }
    },
    VIRTUAL {
      @Override
      Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
      }
    };

    abstract Thread start(Runnable work);
  }

  /** All but {@code JCTOOLS_SPSC}, which only the shape 1:1 may use. */
  @Param({
    "CHANNEL",
    "ARRAY_BLOCKING_QUEUE",
    "LINKED_BLOCKING_QUEUE",
    "JOX",
    "LINKED_TRANSFER_QUEUE",
    "JCTOOLS_MPMC"
  })
  Peer peer;

  @Param
  Threads threads;

  /** Senders and receivers, both divisors of the number of elements. */
  @Param({"1:1", "4:4", "1:8", "8:1"})
  String shape;

  @Param({"16", "128", "1024"})
  int capacity;

  /** Moves the elements. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void transfer() throws InterruptedException, ExecutionException {
    var sides = shape.split(":");
    var queue = peer.create(capacity);
    var tasks = new ArrayList<FutureTask<?>>();
    add(tasks, Integer.parseInt(sides[0]), share -> sends(queue, share));
    add(tasks, Integer.parseInt(sides[1]), share -> receives(queue, share));
    for (var task : tasks) {
      threads.start(task);
    }
    for (var task : tasks) {
      task.get();
    }
  }

  private interface Side {
    Callable<?> work(int share);
  }

  private static void add(ArrayList<FutureTask<?>> tasks, int count, Side side) {
    for (var i = 0; i < count; i++) {
      tasks.add(new FutureTask<>(side.work(ELEMENTS / count)));
    }
  }

  private static Callable<?> sends(Transfer queue, int count) {
    return () -> {
      for (var i = 0; i < count; i++) {
        queue.send(i & 127); // from the cache of small integers
      }
      return null;
    };
  }

  private static Callable<?> receives(Transfer queue, int count) {
    return () -> {
      var sum = 0;
      for (var i = 0; i < count; i++) {
        sum += queue.receive();
      }
      return sum;
    };
  }
}
