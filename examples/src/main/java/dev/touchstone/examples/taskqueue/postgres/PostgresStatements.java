package dev.touchstone.examples.taskqueue.postgres;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.sql.Jobs;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.LostLease;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Settlement;
import dev.touchstone.examples.taskqueue.store.Upkeep;
import dev.touchstone.examples.taskqueue.store.Vitals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The statements that PostgreSQL has its own way for, each batch in one. */
final class PostgresStatements {

  private final Jobs jobs;

  PostgresStatements(Jobs jobs) {
    this.jobs = jobs;
  }

  Instant now(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            "select clock_timestamp()",
            row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .orElseThrow();
  }

  // Producers

  private static final String ENQUEUE = """
      with i as (
        insert into tq_job (kind, version, payload, queue, band, run_at, max_attempts, unique_key, expires_at)
        select x.kind, x.version, x.payload, x.queue, x.band,
          coalesce(x.at, statement_timestamp() + x.ms * interval '1 millisecond'), x.most, x.key,
          statement_timestamp() + x.expires * interval '1 millisecond'
        from unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::smallint[], ?::timestamptz[],
            ?::bigint[], ?::int[], ?::text[], ?::bigint[])
          with ordinality x (kind, version, payload, queue, band, at, ms, most, key, expires, place)
        order by x.place
        on conflict (unique_key) where unique_key is not null do nothing
        returning id, unique_key),
      n as (select pg_notify('%s', ?) from i limit 1)
      select id, unique_key, (select count(*) from n) from i""".formatted(Listener.CHANNEL);

  private record Stored(long id, @Nullable String key) {}

  /**
   * Stores jobs, and tells those who listen when the transaction commits.
   *
   * @param announcer who need not be told
   */
  List<Enqueued> enqueue(Connection connection, List<NewJob> jobs, String announcer)
      throws SQLException {
    var parameters = new ArrayList<Object>(List.of(Column.arrays(
        connection,
        jobs,
        List.of(
            new Column<>("text", NewJob::kind),
            new Column<>("smallint", NewJob::version),
            new Column<>("text", NewJob::payload),
            new Column<>("text", NewJob::queue),
            new Column<>("smallint", job -> job.priority().code()),
            new Column<>(
                "timestamptz",
                job -> job.due() instanceof NewJob.Due.At at
                    ? PostgresDialect.INSTANCE.parameter(at.moment())
                    : null),
            new Column<>(
                "bigint",
                job ->
                    job.due() instanceof NewJob.Due.After after ? after.delay().toMillis() : null),
            new Column<>("int", NewJob::maxAttempts),
            new Column<>("text", job -> job.uniqueKey().orElse(null)),
            new Column<>(
                "bigint", job -> job.expiresAfter().map(Duration::toMillis).orElse(null))))));
    parameters.add(announcer);
    var stored = Sql.query(
        connection,
        ENQUEUE,
        row -> new Stored(row.getLong(1), row.getString(2)),
        parameters.toArray());
    return outcomes(jobs, stored);
  }

  /** Numbers are given in the order of the rows, so those without a key can be told apart as well. */
  private static List<Enqueued> outcomes(List<NewJob> jobs, List<Stored> stored) {
    var byKey = new HashMap<String, Long>();
    var others = new ArrayList<Long>();
    for (var row : stored) {
      if (row.key() == null) {
        others.add(row.id());
      } else {
        byKey.put(row.key(), row.id());
      }
    }
    var ids = others.stream().sorted().iterator();
    var outcomes = new ArrayList<Enqueued>();
    for (var job : jobs) {
      var key = job.uniqueKey().orElse(null);
      var id =
          key == null ? ids.next() : byKey.remove(key); // of two in one batch the first is stored
      outcomes.add(
          id == null && key != null
              ? new Enqueued.Duplicate(key)
              : new Enqueued.Added(requireNonNull(id)));
    }
    return outcomes;
  }

  /** Tells all who listen, when the transaction commits. */
  int announce(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            "select pg_notify('" + Listener.CHANNEL + "', '" + Listener.ALL + "')",
            row -> 1)
        .size();
  }

  private static final String CANCEL_WAITING = """
      with d as (delete from tq_job where id = ? and state = 1 returning *),
      s as (delete from tq_step s using d where s.job_id = d.id)
      insert into tq_dead (id, outcome, queue, band, kind, version, attempt, max_attempts, created_at,
        payload, unique_key, parent_id, error)
      select id, 6, queue, band, kind, version, attempt, max_attempts, created_at, payload,
        unique_key, parent_id, 'cancelled before it started'
      from d""";

  Cancellation cancel(Connection connection, long id) throws SQLException {
    // Locked first: a claim must not come between the two statements.
    Sql.query(
        connection, "select id from tq_job where id = ? for update", row -> row.getLong(1), id);
    if (Sql.update(connection, CANCEL_WAITING, id) > 0) {
      return Cancellation.CANCELLED;
    }
    return Sql.update(connection, "update tq_job set cancel = true where id = ? and state = 2", id)
            > 0
        ? Cancellation.REQUESTED
        : Cancellation.NOT_FOUND;
  }

  // Workers

  long register(Connection connection, String name, Duration ttl) throws SQLException {
    return Sql.first(connection, """
            insert into tq_worker (name, ttl_ms, lease_until)
            values (?, ?, statement_timestamp() + ? * interval '1 millisecond') returning id""", row -> row.getLong(1), name, ttl.toMillis(), ttl.toMillis())
        .orElseThrow();
  }

  private static final String HEARTBEAT = """
      with h as (
        update tq_worker set lease_until = statement_timestamp() + ? * interval '1 millisecond'
        where id = ? and lease_until > statement_timestamp() returning id)
      select j.id, j.token from h
      left join tq_job j on j.worker_id = h.id and j.state = 2 and j.cancel""";

  Optional<List<Fence>> heartbeat(Connection connection, long worker, Duration ttl)
      throws SQLException {
    var rows = Sql.query(
        connection,
        HEARTBEAT,
        row -> new Fence(row.getLong(1), row.getLong(2)),
        ttl.toMillis(),
        worker);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.stream().filter(fence -> fence.id() != 0).toList());
  }

  /** Lets claims of a queue with limits go one by one. */
  void lockQueue(Connection connection, String queue) throws SQLException {
    Sql.query(
        connection,
        "select name from tq_queue where name = ? for update",
        row -> row.getString(1),
        queue);
  }

  // Upkeep

  /*
   * A worker whose row is gone cannot renew, nor claim; what it had is found by its row being gone,
   * in this pass or the next one. Rows that are being settled are waited for, not skipped: then they
   * are either settled, and no longer found, or still there to be taken away.
   */
  private static final String LOST = """
      select j.id, j.token, j.lost_leases, j.cancel, j.worker_id from tq_job j
      where j.state = 2
        and not exists (select from tq_worker w where w.id = j.worker_id)
      order by j.id limit 10000 for update""";

  private static final String EXPIRE = """
      with d as (
        delete from tq_job where id in (
          select id from tq_job
          where state = 1 and attempt = 0 and expires_at <= statement_timestamp()
          limit 10000 for update skip locked)
        returning *),
      s as (delete from tq_step s using d where s.job_id = d.id)
      insert into tq_dead (id, outcome, queue, band, kind, version, attempt, max_attempts, created_at,
        payload, unique_key, parent_id, error)
      select id, 7, queue, band, kind, version, attempt, max_attempts, created_at, payload,
        unique_key, parent_id, 'did not start in time'
      from d""";

  Upkeep maintain(Connection connection, int maxLostLeases) throws SQLException {
    Sql.update(connection, "delete from tq_worker where lease_until <= statement_timestamp()");
    var lost = Sql.query(
        connection,
        LOST,
        row -> new LostLease(
            new Fence(row.getLong("id"), row.getLong("token")),
            row.getLong("worker_id"),
            row.getInt("lost_leases") + 1,
            row.getBoolean("cancel")));
    var settlements = lost.stream().map(loss -> loss.settlement(maxLostLeases)).toList();
    if (!lost.isEmpty()) {
      var ids = lost.stream().map(loss -> loss.fence().id()).toArray();
      Sql.update(
          connection,
          "update tq_job set lost_leases = lost_leases + 1 where id = any (?)",
          connection.createArrayOf("bigint", ids));
      new PostgresSettling(connection).settle(settlements);
      announce(connection);
    }
    var requeued =
        (int) settlements.stream().filter(Settlement.Again.class::isInstance).count();
    var expired = Sql.update(connection, EXPIRE);
    return new Upkeep(requeued, lost.size() - requeued, expired);
  }

  // Operators

  List<Long> redrive(Connection connection, JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = jobs.where(filter, parameters);
    parameters.add(most);
    return Sql.query(connection, """
      with c as (
        select * from (select *, outcome as status from tq_dead) d where %s
        order by id limit ? for update skip locked),
      i as (
        insert into tq_job (kind, version, payload, queue, band, run_at, max_attempts, unique_key, parent_id)
        select kind, version, payload, queue, band, statement_timestamp(), max_attempts, unique_key, id
        from c order by id
        on conflict (unique_key) where unique_key is not null do nothing returning parent_id),
      f as (delete from tq_attempt a using c, i where i.parent_id = c.id and a.job_id = c.parent_id)
      delete from tq_dead where id in (select parent_id from i) returning id""".formatted(where), row -> row.getLong(1), parameters.toArray())
        .stream()
        .sorted()
        .toList();
  }

  // How the database is

  int logMessage(Connection connection) throws SQLException {
    return Sql.query(
            connection, "select pg_logical_emit_message(true, 'touchstone', 'doctor')", row -> 1)
        .size();
  }

  Vitals vitals(Connection connection, Duration answer, Duration flush) throws SQLException {
    var dead = Sql.first(
            connection,
            "select n_dead_tup from pg_stat_user_tables where relid = 'tq_job'::regclass",
            row -> row.getLong(1))
        .orElse(0L);
    return new Vitals(
        answer,
        Optional.of(flush),
        OptionalLong.of(dead),
        OptionalLong.of(ClaimFloor.oldestSnapshot(connection)));
  }
}
