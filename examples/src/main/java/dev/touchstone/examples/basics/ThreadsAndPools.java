package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Two kinds of work, two kinds of pools.
 *
 * <p>Work that computes needs a processor: as many platform threads as there are processors finish it
 * soonest. Work that waits needs next to nothing: a hundred virtual threads wait at the cost of a
 * hundred small objects. Both pools are bounded; a pool without a bound only moves the queue to where
 * nobody sees it.
 */
final class ThreadsAndPools {

  private static final int WAITING_TASKS = 100;

  private ThreadsAndPools() {}

  static void run(PrintWriter out) throws InterruptedException, ExecutionException {
    try (var cpu = ManagedExecutor.platform("cpu").build();
        var io = ManagedExecutor.virtual("io").concurrency(WAITING_TASKS).build()) {

      List<Future<Long>> sums = new ArrayList<>();
      for (long part = 0; part < 4; part++) {
        long first = part * 250_000;
        sums.add(cpu.submit(() -> LongStream.range(first, first + 250_000).sum()));
      }
      long total = 0;
      for (var sum : sums) {
        total += sum.get();
      }
      out.println("the platform threads computed " + total);

      var allWait = new CountDownLatch(WAITING_TASKS);
      List<Future<?>> waits = new ArrayList<>();
      var goOn = new CountDownLatch(1);
      for (int i = 0; i < WAITING_TASKS; i++) {
        waits.add(io.submit(() -> {
          allWait.countDown();
          goOn.await(); // a virtual thread gives its processor back here
          return null;
        }));
      }
      allWait.await();
      out.println(io.snapshot().active() + " virtual threads wait at the same time");
      goOn.countDown();
      for (var wait : waits) {
        wait.get();
      }
    }
  }
}
