package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The jobs of one queue in this process: a few wait in a buffer so that the handlers do not. */
final class Lane {

  /*
   * The buffer makes one claim of many, but a job in it is one that no other worker can have, and
   * that more urgent ones have to wait for. So it holds what handlers get through in a tenth of a
   * second: two for each of them if they are slow, and thirty-two if they are not. A job that has
   * waited there for a second goes back, and the buffer is closed until handlers are seen to end
   * again: each that does opens it by one place.
   */

  private static final int LARGEST_BUFFER = 500;
  private static final int LEAST_PER_HANDLER = 2;
  private static final int MOST_PER_HANDLER = 32;
  private static final Duration AHEAD = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String queue;
  private final int concurrency;
  private final ManagedExecutor executor;
  private final TimeSource time;
  private final Bands bands = new Bands();
  private final Set<JobRun> runs = ConcurrentHashMap.newKeySet();
  private final AtomicInteger buffer;
  private final LongAdder ended = new LongAdder();

  /** How many places the buffer has once all are open. */
  private volatile int largestBuffer;

  /** For the thread that claims. */
  private long measuredAt;

  /** Whether the last claim found fewer jobs than there were places. */
  private volatile boolean isHungry;

  Lane(String queue, int concurrency, ManagedExecutor executor, TimeSource time) {
    this.queue = queue;
    this.concurrency = concurrency;
    this.executor = executor;
    this.time = time;
    largestBuffer = places(LEAST_PER_HANDLER, concurrency);
    buffer = new AtomicInteger(largestBuffer);
    measuredAt = time.nanoTime();
  }

  private static int places(int perHandler, int concurrency) {
    return Math.min(perHandler * concurrency, LARGEST_BUFFER);
  }

  /** Returns how many jobs a lane of so many handlers has at most. */
  static int capacity(int concurrency) {
    return concurrency + places(MOST_PER_HANDLER, concurrency);
  }

  String queue() {
    return queue;
  }

  Set<JobRun> runs() {
    return runs;
  }

  /** Returns how many jobs to claim now: none while the buffer is more than half full. */
  int wanted() {
    var held = runs.size();
    var places = buffer.get();
    return held - concurrency > places / 2 ? 0 : Math.max(0, concurrency + places - held);
  }

  List<Ask> asks(int total) {
    return bands.asks(queue, total);
  }

  /** Notes what came of a claim. */
  void claimed(int wanted, int jobs) {
    isHungry = jobs < wanted;
    measure();
  }

  private void measure() {
    var now = time.nanoTime();
    var elapsed = now - measuredAt;
    if (elapsed >= AHEAD.toNanos()) {
      measuredAt = now;
      largestBuffer = Math.clamp(
          ended.sumThenReset() * AHEAD.toNanos() / elapsed,
          places(LEAST_PER_HANDLER, concurrency),
          places(MOST_PER_HANDLER, concurrency));
    }
  }

  /**
   * Returns whether more places would have been of no use: there were no more jobs, or the limits of
   * the queue held them back.
   */
  boolean isHungry() {
    return isHungry;
  }

  void start(JobRun run) {
    runs.add(run);
    executor.execute(run);
  }

  /** A handler has ended, or a job that was given back has come to its turn. */
  void left(JobRun run) {
    if (runs.remove(run)) {
      ended.increment();
      buffer.updateAndGet(places -> Math.min(largestBuffer, places + 1));
    }
  }

  /** Gives jobs back that have waited too long. */
  void returnStale() {
    if (runs.removeIf(run -> run.isStale(PATIENCE) && run.takeBack())) {
      buffer.set(0);
    }
  }

  /** Gives all jobs back that have not started, and accepts no more. */
  void returnBuffered() {
    runs.removeIf(JobRun::takeBack);
    executor.shutdown();
  }

  /** Waits until no handler runs; returns whether that is so. */
  boolean await(Duration limit) throws InterruptedException {
    return executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    executor.shutdownNow();
  }
}
