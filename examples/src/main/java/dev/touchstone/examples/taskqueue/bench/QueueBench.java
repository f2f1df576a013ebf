package dev.touchstone.examples.taskqueue.bench;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.QueueWorker;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Measures a store by what users do with it. Its queue {@value #QUEUE} should be empty at first.
 * For one thread.
 */
public final class QueueBench {

  /** The queue that jobs are put in. */
  public static final String QUEUE = "bench";

  /** How many jobs are enqueued together by {@link #enqueueInBatches}. */
  public static final int BATCH = 1_000;

  private static final Duration PERIOD = Duration.ofMillis(2);
  private static final String FILLING = "x".repeat(200);

  private final JobStore store;
  private final TaskQueue queue;

  /**
   * A job that does nothing.
   *
   * @param sentAt the reading of the clock when it was about to be enqueued
   * @param filling makes it as large as jobs are
   */
  @JobKind("bench.nothing")
  public record Nothing(long sentAt, String filling) {}

  /** Creates a measurement of a store. */
  public QueueBench(JobStore store) {
    this.store = store;
    queue = TaskQueue.open(store);
  }

  private static Nothing job() {
    return new Nothing(System.nanoTime(), FILLING);
  }

  /** Enqueues jobs one by one, and returns how long that took. */
  public Duration enqueueOneByOne(int jobs) {
    var started = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      queue.enqueue(job(), options -> options.queue(QUEUE));
    }
    return since(started);
  }

  /** Enqueues jobs in batches, and returns how long that took. */
  public Duration enqueueInBatches(int jobs) {
    var job = job();
    var started = System.nanoTime();
    for (int left = jobs; left > 0; left -= BATCH) {
      queue.enqueueAll(
          Collections.nCopies(Math.min(left, BATCH), job), options -> options.queue(QUEUE));
    }
    return since(started);
  }

  /**
   * What producers have measured.
   *
   * @param took how long all of them took together
   * @param each how long each enqueuing took
   */
  public record Produced(Duration took, Latencies each) {}

  /**
   * Lets producers enqueue at the same time, each of them one job after the other.
   *
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public Produced produce(int producers, int jobsOfEach) throws InterruptedException {
    var nanos = new long[producers * jobsOfEach]; // one after the other, those of each producer
    var started = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < nanos.length; from += jobsOfEach) {
        var first = from;
        threads.execute(() -> {
          for (int j = first; j < first + jobsOfEach; j++) {
            nanos[j] = enqueueOneByOne(1).toNanos();
          }
        });
      }
    }
    return new Produced(since(started), new Latencies(nanos));
  }

  /**
   * Works jobs off, and returns how long that took, the start of the worker included.
   *
   * @param jobs how many there are
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public Duration drain(int jobs, int concurrency) throws InterruptedException {
    var started = System.nanoTime();
    try (var worker = worker(concurrency, (job, context) -> Outcome.done())) {
      while (worker.statistics().succeeded() < jobs) {
        TimeSource.system().sleep(PERIOD);
      }
      return since(started);
    }
  }

  /**
   * Returns how long it takes from before the enqueuing of a job to the start of its handler,
   * while a worker has little to do.
   *
   * @param jobs how many, one after the other
   * @param pace the time from one to the next
   * @throws InterruptedException if the flag was set on entry or while waiting
   */
  public Latencies latencies(int jobs, Duration pace) throws InterruptedException {
    Collection<Long> times = new ConcurrentLinkedQueue<>();
    try (var worker = worker(4, (job, context) -> {
      times.add(System.nanoTime() - job.sentAt());
      return Outcome.done();
    })) {
      for (int i = 0; i < jobs; i++) {
        TimeSource.system().sleep(pace);
        enqueueOneByOne(1);
      }
      while (worker.statistics().succeeded() < jobs) {
        TimeSource.system().sleep(PERIOD);
      }
    }
    return new Latencies(times.stream().mapToLong(Long::longValue).toArray());
  }

  private QueueWorker worker(int concurrency, JobHandler<Nothing> handler) {
    return TaskQueue.open(store)
        .worker()
        .queue(QUEUE, concurrency)
        .handle(Nothing.class, handler)
        .start();
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
