package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.sync.WakeSignal;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker does now and then beside its jobs. All workers do it alike, there is no leader. */
final class Housekeeping implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);
  private static final Duration UPKEEP = Duration.ofMillis(2_500);
  private static final Duration UPKEEP_JITTER = Duration.ofMillis(500);
  private static final Duration CHECK = Duration.ofMillis(500);
  private static final Duration FIGURES = Duration.ofSeconds(5);
  private static final Duration PURGE = Duration.ofMinutes(1);
  private static final Duration PURGE_JITTER = Duration.ofSeconds(20);

  /**
   * Large enough to keep up with the fastest queue, small enough to be no burden in one
   * transaction.
   */
  private static final int PURGE_BATCH = 2_000;

  private static final int MOST_BATCHES = 600;

  private final Duties duties;
  private final ManagedExecutor executor;

  /** What is to be looked after. */
  record Duties(
      JobStore store,
      int maxLostLeases,
      Retention retention,
      List<Lane> lanes,
      List<Timetable> timetables,
      QueueFigures figures,
      WakeSignal signal) {}

  Housekeeping(Duties duties, TimeSource time, ThreadFactory threads) {
    this.duties = duties;
    executor = ManagedExecutor.virtual("queue-upkeep")
        .concurrency(4)
        .timeSource(time)
        .threadFactory(threads)
        .failureListener(
            (tasks, failure) -> log.warn("Upkeep failed, and will be tried again", failure))
        .build();
  }

  void start() {
    duties.figures().synchronize();
    maintain(); // takes over what a dead process has left, before the first claim
    every(UPKEEP, UPKEEP_JITTER, this::maintain);
    if (!duties.timetables().isEmpty()) {
      every(CHECK, Duration.ZERO, () -> duties.timetables().forEach(Timetable::look));
    }
    every(CHECK, Duration.ZERO, () -> duties.lanes().forEach(Lane::returnStale));
    every(FIGURES, Duration.ZERO, this::count);
    every(PURGE, PURGE_JITTER, this::purge);
  }

  private void every(Duration period, Duration jitter, Runnable work) {
    var unused = executor.every(period).jitter(jitter).start(work); // ends with the executor
  }

  private void maintain() {
    if (duties.store().maintain(duties.maxLostLeases()).requeued() > 0) {
      duties.signal().signal();
    }
  }

  private void count() {
    if (duties.figures().handOver()) { // who has nothing to do asks for nothing
      duties.figures().synchronize();
    }
  }

  private void purge() {
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      if (duties.store().purge(duties.retention(), PURGE_BATCH) < PURGE_BATCH) {
        return;
      }
    }
  }

  /** Stops, waits for what is being done with the store, and hands the last figures over. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      var unused = executor.awaitTermination(LAST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      duties.figures().handOver();
    } catch (RuntimeException e) {
      log.warn("The last figures could not be written down: {}", e.getMessage());
    }
  }
}
