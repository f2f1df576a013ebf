package dev.touchstone.examples.taskqueue;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.cron.CronSchedule;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues the job of one schedule when it is due, by the clock of the store. Every worker has the
 * schedule, and the store lets one of them fire it for each moment. For one thread at a time.
 *
 * <p>Of moments that have passed while no worker ran, one is made up for.
 */
final class Timetable {

  private final String id;
  private final CronSchedule schedule;
  private final NewJob job;
  private final JobStore store;
  private final TimeSource time;

  /** When it fires next; null until the store was asked. */
  private @Nullable Instant next;

  /** The reading of the clock at which to look again. */
  private long lookAt;

  Timetable(String id, CronSchedule schedule, NewJob job, JobStore store, TimeSource time) {
    this.id = id;
    this.schedule = schedule;
    this.job = job;
    this.store = store;
    this.time = time;
    lookAt = time.nanoTime();
  }

  /** Fires if it is due. Asks the store only then, and when it looks for the first time. */
  void look() {
    if (lookAt - time.nanoTime() > 0) {
      return;
    }
    var now = store.now();
    var due = next == null ? plan(now) : Optional.of(next);
    if (due.isPresent() && !due.get().isAfter(now)) {
      store.fire(id, due.get(), schedule.next(now), job);
      due = plan(now); // what this worker or a quicker one has written down
    }
    next = due.orElse(null);
    lookAt = time.deadlineAfter(
        due.map(moment -> Duration.between(now, moment)).orElse(Duration.ofDays(1)));
  }

  private Optional<Instant> plan(Instant now) {
    return store.schedule(id, schedule.toString(), schedule.next(now));
  }
}
