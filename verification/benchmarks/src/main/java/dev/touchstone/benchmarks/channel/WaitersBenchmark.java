package dev.touchstone.benchmarks.channel;

import dev.touchstone.benchmarks.channel.Peer.Transfer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The time, per thread, to serve 100,000 virtual threads that wait to receive. Before that it prints
 * how much of the heap each of them takes, its thread included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WaitersBenchmark {

  private static final int WAITERS = 100_000;

  @Param({"CHANNEL", "ARRAY_BLOCKING_QUEUE", "LINKED_BLOCKING_QUEUE", "JOX"})
  Peer peer;

  private Transfer queue;
  private final List<Thread> waiters = new ArrayList<>(WAITERS);

  /** Starts the threads and waits until they wait. */
  @Setup(Level.Iteration)
  public void start() throws InterruptedException {
    waiters.clear();
    var before = usedHeap();
    queue = peer.create(1024);
    for (var i = 0; i < WAITERS; i++) {
      waiters.add(Thread.startVirtualThread(() -> {
        try {
          queue.receive();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }));
    }
    for (var waiter : waiters) {
      while (waiter.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }
    System.out.printf("%d bytes per waiter ", (usedHeap() - before) / WAITERS);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Sends an element to each. */
  @Benchmark
  @OperationsPerInvocation(WAITERS)
  public void serve() throws InterruptedException {
    for (var i = 0; i < WAITERS; i++) {
      queue.send(i & 127);
    }
    for (var waiter : waiters) {
      waiter.join();
    }
  }
}
