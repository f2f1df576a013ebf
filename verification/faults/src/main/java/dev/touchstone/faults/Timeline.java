package dev.touchstone.faults;

import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.apiclient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Virtual time for any number of threads. One of them runs at a time; when it waits or ends, the
 * clock jumps to when the next one is due. The same jobs make the same history every time.
 */
final class Timeline implements TimeSource {

  /* The clock and the queue are touched only by whoever has the turn: the driver, or the thread that
   * it gave it to. The semaphores hand the turn over, and with it what was written. */

  private record Due(long atNanos, long number, Semaphore turn) {}

  private final VirtualTime clock = new VirtualTime();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
  private final long origin = clock.nanoTime();
  private final Semaphore driver = new Semaphore(0);
  private long number;

  /** Adds a job, before {@link #run}. */
  void at(long nanos, Runnable job) {
    var turn = new Semaphore(0);
    queue.add(new Due(nanos, number++, turn));
    Thread.ofVirtual().start(() -> {
      turn.acquireUninterruptibly();
      try {
        job.run();
      } finally {
        driver.release();
      }
    });
  }

  /** Lets all jobs run to their ends. */
  void run() {
    while (!queue.isEmpty()) {
      var next = queue.remove();
      clock.advance(Duration.ofNanos(Math.max(0, next.atNanos - nanoTime())));
      next.turn.release();
      driver.acquireUninterruptibly();
    }
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime() - origin;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    var turn = new Semaphore(0);
    queue.add(new Due(nanoTime() + time.toNanos(), number++, turn));
    driver.release();
    turn.acquire();
  }
}
