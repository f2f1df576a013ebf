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

  /**
   * After this the time is looked up again: the clock of the store may be set, and that of the process
   * stands still while the machine sleeps.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** Until a schedule that never fires again is planned anew. */
  private static final Duration NEVER = Duration.ofDays(1);

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

  /** Fires if it is due. Asks the store only then, for the time once a minute, and at the first look. */
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
    lookAt = time.deadlineAfter(due.map(moment -> wait(now, moment)).orElse(NEVER));
  }

  private static Duration wait(Instant now, Instant moment) {
    var wait = Duration.between(now, moment);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private Optional<Instant> plan(Instant now) {
    return store.schedule(id, schedule.toString(), schedule.next(now));
  }
}
