package dev.touchstone.benchmarks.channel;

import dev.touchstone.benchmarks.channel.Peer.Transfer;
import dev.touchstone.benchmarks.channel.TransferBenchmark.Threads;
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

/** The time for a round trip between two threads over two queues of capacity 1. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PingPongBenchmark {

  private static final int ROUNDS = 5_000;

  @Param({
    "CHANNEL",
    "CHANNEL_RENDEZVOUS",
    "ARRAY_BLOCKING_QUEUE",
    "SYNCHRONOUS_QUEUE",
    "JOX",
    "JOX_RENDEZVOUS"
  })
  Peer peer;

  @Param
  Threads threads;

  /** Sends elements there and back. */
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public Integer roundTrips() throws InterruptedException, ExecutionException {
    var there = peer.create(1);
    var back = peer.create(1);
    var echo = start(() -> echo(there, back));
    var player = start(() -> play(there, back));
    echo.get();
    return player.get();
  }

  private interface Work {
    int run() throws InterruptedException;
  }

  private FutureTask<Integer> start(Work work) {
    var task = new FutureTask<>(work::run);
    threads.start(task);
    return task;
  }

  private static int play(Transfer there, Transfer back) throws InterruptedException {
    var sum = 0;
    for (var i = 0; i < ROUNDS; i++) {
      there.send(1);
      sum += back.receive();
    }
    return sum;
  }

  private static int echo(Transfer there, Transfer back) throws InterruptedException {
    for (var i = 0; i < ROUNDS; i++) {
      back.send(there.receive());
    }
    return ROUNDS;
  }
}
