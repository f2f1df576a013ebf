package dev.touchstone.benchmarks.pipeline;

import dev.touchstone.benchmarks.pipeline.Peer.Load;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The time per element of a map, a map on several threads, batches and a sink.
 *
 * <p>Each invocation starts and ends a pipeline for {@value #ELEMENTS} elements.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineBenchmark {

  private static final int ELEMENTS = 10_000;

  private static final List<Integer> elements =
      IntStream.range(0, ELEMENTS).boxed().toList();

  /** What is done with each element. */
  public enum Work {
    /** Nothing: what is measured is the pipeline. */
    NOTHING {
      @Override
      Integer on(Integer element) {
        return element;
      }

      @Override
      int threads() {
        return 4;
      }
    },

    /** About 10 µs on a processor. */
    COMPUTES {
      @Override
      Integer on(Integer element) {
        Blackhole.consumeCPU(5_000);
        return element;
      }

      @Override
      int threads() {
        return 4;
      }
    },

    /** Waits 1 ms. */
    WAITS {
      @Override
      Integer on(Integer element) {
        LockSupport.parkNanos(1_000_000);
        return element;
      }

      @Override
      int threads() {
        return 64;
      }
    };

    abstract Integer on(Integer element);

    abstract int threads();
  }

  @Param
  Peer peer;

  @Param
  Work work;

  /** Sends the elements through the pipeline. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void pipeline(Blackhole blackhole) throws Exception {
    peer.run(new Load(elements, work.threads(), work::on, blackhole::consume));
  }
}
