package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Where claims begin to look while somebody holds an old snapshot. For all threads. */
final class ClaimFloor {

  /*
   * A claim goes through the index of ready jobs from those that were due first. The entries of
   * jobs that have been claimed before are dead and soon removed, but not as long as any
   * transaction of the database has a snapshot from before: a report that runs for an hour, a
   * session that was forgotten. Then every claim reads all that were claimed since, and takes
   * longer each time.
   *
   * So while there is such a snapshot, and only then, a claim begins a little before the latest
   * job that this process has claimed of the band. What lies below, because it was committed late
   * or given back, is found by a claim without a floor every few seconds.
   */

  /** How many transactions ago a snapshot was taken that is old. */
  private static final int OLD = 100;

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(5);

  /** What transactions that overlap commit out of the order of their times. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private static final String OLDEST = """
      select greatest(
        (select max(age(backend_xmin)) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()),
        (select max(age(transaction)) from pg_prepared_xacts where database = current_database()),
        (select max(greatest(age(xmin), age(catalog_xmin))) from pg_replication_slots), 0)""";

  private final LongSupplier nanoTime;
  private final Map<Band, Floor> floors = new ConcurrentHashMap<>();
  private final AtomicLong lookAt;
  private volatile boolean isPinned;

  private record Band(String queue, Priority priority) {

    static Band of(Ask ask) {
      return new Band(ask.queue(), ask.priority());
    }
  }

  /** The latest job that was claimed, and when to look below it. */
  private record Floor(Instant latest, long sweepAt) {

    Floor raisedTo(Instant moment) {
      return moment.isAfter(latest) ? new Floor(moment, sweepAt) : this;
    }
  }

  ClaimFloor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    lookAt = new AtomicLong(nanoTime.getAsLong());
  }

  /** Returns how many transactions ago the oldest snapshot was taken that somebody holds. */
  static long oldestSnapshot(Connection connection) throws SQLException {
    return Sql.first(connection, OLDEST, row -> row.getLong(1)).orElse(0L);
  }

  /** Asks once a second whether somebody holds an old snapshot. */
  void look(Connection connection) throws SQLException {
    var now = nanoTime.getAsLong();
    var due = lookAt.get();
    if (now - due >= 0 && lookAt.compareAndSet(due, now + LOOK.toNanos())) {
      isPinned = oldestSnapshot(connection) > OLD;
    }
  }

  /** Returns where a claim begins to look. */
  OffsetDateTime of(Ask ask) {
    var band = Band.of(ask);
    var floor = floors.get(band);
    if (!isPinned || floor == null) {
      return OffsetDateTime.MIN;
    }
    var now = nanoTime.getAsLong();
    if (now - floor.sweepAt() >= 0) {
      floors.replace(band, floor, new Floor(floor.latest(), now + SWEEP.toNanos()));
      return OffsetDateTime.MIN;
    }
    return floor.latest().minus(SLACK).atOffset(ZoneOffset.UTC);
  }

  /** Notes what a claim has taken, the one that was due first in front. */
  void raise(Ask ask, List<ClaimedJob> taken) {
    if (!taken.isEmpty()) {
      var latest = taken.getLast().dueAt();
      floors.merge(
          Band.of(ask),
          new Floor(latest, nanoTime.getAsLong() + SWEEP.toNanos()),
          (old, first) -> old.raisedTo(latest));
    }
  }
}
