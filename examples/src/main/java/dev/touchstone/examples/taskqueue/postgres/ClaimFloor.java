package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

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

    Floor sweptAt(long now) {
      return new Floor(latest, now + SWEEP.toNanos());
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

  /** Begins a claim. Asks the database once a second whether somebody holds an old snapshot. */
  Look look(Connection connection) throws SQLException {
    var now = nanoTime.getAsLong();
    var due = lookAt.get();
    if (now - due >= 0 && lookAt.compareAndSet(due, now + LOOK.toNanos())) {
      isPinned = oldestSnapshot(connection) > OLD;
    }
    return new Look(now, isPinned);
  }

  /** One claim. For one thread. */
  final class Look {

    private final long now;
    private final boolean isFloored;

    private Look(long now, boolean isFloored) {
      this.now = now;
      this.isFloored = isFloored;
    }

    /** Returns since when the jobs of a band are due that it looks at; empty for all. */
    Optional<OffsetDateTime> from(Ask ask) {
      var floor = floors.get(Band.of(ask));
      return isFloored && floor != null && now - floor.sweepAt() < 0
          ? Optional.of(floor.latest().minus(SLACK).atOffset(ZoneOffset.UTC))
          : Optional.empty();
    }

    /** Notes what it has found. */
    void found(ClaimRequest request, List<ClaimedJob> jobs) {
      var swept =
          reached(request, jobs.size()).filter(ask -> from(ask).isEmpty()).toList();
      for (var job : jobs) {
        floors.merge(
            new Band(job.queue(), job.priority()),
            new Floor(job.dueAt(), now).sweptAt(now),
            (old, first) -> old.raisedTo(first.latest()));
      }
      swept.forEach(
          ask -> floors.computeIfPresent(Band.of(ask), (band, floor) -> floor.sweptAt(now)));
    }

    /** Returns the asks that were certainly put, before there were enough jobs. */
    private static Stream<Ask> reached(ClaimRequest request, int found) {
      if (found < request.total()) {
        return request.asks().stream();
      }
      var reached = Stream.<Ask>builder();
      var before = 0;
      for (var ask : request.asks()) {
        if (ask.limit() > 0 && before < found) {
          reached.add(ask);
        }
        before += ask.limit();
      }
      return reached.build();
    }
  }
}
