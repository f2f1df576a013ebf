package dev.touchstone.benchmarks.pipeline;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The time of one hand-over in a chain of {@value #STAGES} virtual threads, each of which passes on
 * what it gets through a buffer of {@value #CAPACITY}, after the chained benchmark of Jox.
 *
 * <p>Each invocation builds the chain, starts its threads, sends {@value #ELEMENTS} elements through
 * it and waits for the end, so that is part of the figure, the same for all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChainBenchmark {

  private static final int STAGES = 10_000;
  private static final int ELEMENTS = 100;
  private static final int CAPACITY = 16;
  private static final Integer END = -1;

  private static final List<Integer> elements =
      IntStream.range(0, ELEMENTS).boxed().toList();

  /** What a chain is made of. */
  public enum Peer {
    PIPELINE {
      @Override
      int run() throws InterruptedException {
        Pipeline<Integer> pipeline = Pipeline.from(elements);
        for (int i = 0; i < STAGES; i++) {
          pipeline = pipeline.buffer(CAPACITY).map("pass", element -> element);
        }
        return pipeline.toList().start(Thread::startVirtualThread).await().size();
      }
    },

    CHANNEL {
      @Override
      int run() throws InterruptedException {
        return chain(() -> {
          var channel = Channel.<Integer>buffered(CAPACITY);
          return new Hop(channel::send, channel::receive);
        });
      }
    },

    ARRAY_BLOCKING_QUEUE {
      @Override
      int run() throws InterruptedException {
        return chain(() -> {
          var queue = new ArrayBlockingQueue<Integer>(CAPACITY);
          return new Hop(queue::put, queue::take);
        });
      }
    },

    JOX {
      @Override
      int run() throws InterruptedException {
        return chain(() -> {
          var channel = com.softwaremill.jox.Channel.<Integer>newBufferedChannel(CAPACITY);
          return new Hop(channel::send, channel::receive);
        });
      }
    };

    abstract int run() throws InterruptedException;
  }

  private record Hop(Put put, Take take) {}

  private interface Put {
    void put(Integer element) throws InterruptedException;
  }

  private interface Take {
    Integer take() throws InterruptedException;
  }

  private interface Hops {
    Hop next();
  }

  /** A chain by hand, without a way to fail, to be stopped, or to be looked at. */
  private static int chain(Hops hops) throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var first = hops.next();
    var last = first;
    for (int i = 0; i < STAGES; i++) {
      var from = last;
      var to = hops.next();
      threads.add(Thread.startVirtualThread(() -> {
        try {
          Integer element;
          do {
            element = from.take.take();
            to.put.put(element);
          } while (!element.equals(END));
        } catch (InterruptedException impossible) {
          throw new IllegalStateException(impossible);
        }
      }));
      last = to;
    }
    threads.add(Thread.startVirtualThread(() -> {
      try {
        for (var element : elements) {
          first.put.put(element);
        }
        first.put.put(END);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }));
    int received = 0;
    while (!last.take.take().equals(END)) {
      received++;
    }
    for (var thread : threads) {
      thread.join();
    }
    return received;
  }

  @Param
  Peer peer;

  /** Sends the elements through the chain. */
  @Benchmark
  @OperationsPerInvocation(STAGES * ELEMENTS)
  public int chain() throws InterruptedException {
    return peer.run();
  }
}
