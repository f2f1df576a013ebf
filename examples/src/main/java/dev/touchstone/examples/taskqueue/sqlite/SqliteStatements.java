package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.sql.Jobs;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.LostLease;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.Settlement;
import dev.touchstone.examples.taskqueue.store.Upkeep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The statements that SQLite has its own way for, in the transaction of the writer: nothing else
 * changes the file meanwhile.
 */
final class SqliteStatements {

  private final CachedStatements statements;
  private final Jobs jobs;
  private final long now;

  /**
   * Creates the statements of a transaction.
   *
   * @param now its time, in milliseconds
   */
  SqliteStatements(CachedStatements statements, Jobs jobs, long now) {
    this.statements = statements;
    this.jobs = jobs;
    this.now = now;
  }

  // Producers

  private static final String ENQUEUE = """
      INSERT INTO tq_job (kind, version, payload, queue, band, run_at, max_attempts, unique_key,
        created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL DO NOTHING RETURNING id""";

  List<Enqueued> enqueue(List<NewJob> jobs) throws SQLException {
    var outcomes = new ArrayList<Enqueued>();
    for (var job : jobs) {
      var id = statements.query(
          ENQUEUE,
          row -> row.getLong(1),
          job.kind(),
          job.version(),
          job.payload(),
          job.queue(),
          job.priority().code(),
          switch (job.due()) {
            case NewJob.Due.After after -> now + after.delay().toMillis();
            case NewJob.Due.At at -> at.moment().toEpochMilli();
          },
          job.maxAttempts(),
          job.uniqueKey().orElse(null),
          now,
          job.expiresAfter().map(time -> now + time.toMillis()).orElse(null));
      outcomes.add(
          id.isEmpty()
              ? new Enqueued.Duplicate(job.uniqueKey().orElseThrow())
              : new Enqueued.Added(id.getFirst()));
    }
    return outcomes;
  }

  private static final String BURY_WAITING = """
      INSERT INTO tq_dead (id, outcome, queue, band, kind, version, attempt, max_attempts,
        created_at, finished_at, payload, unique_key, parent_id, error)
      SELECT id, ?, queue, band, kind, version, attempt, max_attempts, created_at, ?, payload,
        unique_key, parent_id, ?
      FROM tq_job WHERE id = ? AND state = 1""";

  private boolean buryWaiting(long id, JobStatus outcome, String reason) throws SQLException {
    if (statements.update(BURY_WAITING, outcome.code(), now, reason, id) == 0) {
      return false;
    }
    statements.update("DELETE FROM tq_step WHERE job_id = ?", id);
    statements.update("DELETE FROM tq_job WHERE id = ?", id);
    return true;
  }

  Cancellation cancel(long id) throws SQLException {
    if (buryWaiting(id, JobStatus.CANCELLED, "cancelled before it started")) {
      return Cancellation.CANCELLED;
    }
    return statements.update("UPDATE tq_job SET cancel = 1 WHERE id = ? AND state = 2", id) > 0
        ? Cancellation.REQUESTED
        : Cancellation.NOT_FOUND;
  }

  // Workers

  private long nextNumbers(int count) throws SQLException {
    return statements
            .query(
                "UPDATE tq_token SET value = value + ? RETURNING value",
                row -> row.getLong(1),
                count)
            .getFirst()
        - count
        + 1;
  }

  long register(String name, Duration ttl) throws SQLException {
    var id = nextNumbers(1);
    statements.update(
        "INSERT INTO tq_worker (id, name, started_at, lease_until, ttl_ms) VALUES (?, ?, ?, ?, ?)",
        id,
        name,
        now,
        now + ttl.toMillis(),
        ttl.toMillis());
    return id;
  }

  /** Lets all workers go; what they had is ready again with the next upkeep. */
  int forgetWorkers() throws SQLException {
    return statements.update("DELETE FROM tq_worker");
  }

  Optional<List<Fence>> heartbeat(long worker, Duration ttl) throws SQLException {
    var renewed = statements.update(
        "UPDATE tq_worker SET lease_until = ? WHERE id = ? AND lease_until > ?",
        now + ttl.toMillis(),
        worker,
        now);
    if (renewed == 0) {
      return Optional.empty();
    }
    return Optional.of(statements.query(
        "SELECT id, token FROM tq_job WHERE worker_id = ? AND state = 2 AND cancel",
        SqliteStatements::fence,
        worker));
  }

  private static Fence fence(ResultSet row) throws SQLException {
    return new Fence(row.getLong("id"), row.getLong("token"));
  }

  boolean isAlive(long worker) throws SQLException {
    return !statements
        .query(
            "SELECT id FROM tq_worker WHERE id = ? AND lease_until > ?",
            row -> row.getLong(1),
            worker,
            now)
        .isEmpty();
  }

  private static final String DUE = """
      SELECT id, token, kind, version, payload, attempt + 1 AS attempt, max_attempts, run_at
      FROM tq_job
      WHERE state = 1 AND queue = ? AND band = ? AND run_at <= ?
        AND (expires_at IS NULL OR attempt > 0 OR expires_at > ?)
        AND kind || '/' || version IN (SELECT value FROM json_each(?))
      ORDER BY run_at, id LIMIT ?""";

  List<ClaimedJob> take(ClaimRequest request, String queue, Priority priority, int limit)
      throws SQLException {
    var forms = JsonMapper.shared()
        .writeValueAsString(request.serves().stream().map(JobForm::toString).toList());
    var due = statements.query(
        DUE, row -> job(row, queue, priority), queue, priority.code(), now, now, forms, limit);
    if (due.isEmpty()) {
      return due;
    }
    var token = nextNumbers(due.size());
    var claimed = new ArrayList<ClaimedJob>();
    for (var job : due) {
      statements.update(
          "UPDATE tq_job SET state = 2, attempt = attempt + 1, worker_id = ?, token = ?, started_at = ? WHERE id = ?",
          request.worker(),
          token,
          now,
          job.fence().id());
      claimed.add(job.with(new Fence(job.fence().id(), token++)));
    }
    return claimed;
  }

  private static ClaimedJob job(ResultSet row, String queue, Priority priority)
      throws SQLException {
    return new ClaimedJob(
        fence(row),
        queue,
        priority,
        new JobForm(row.getString("kind"), row.getInt("version")),
        row.getString("payload"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        Instant.ofEpochMilli(row.getLong("run_at")));
  }

  // Upkeep

  private static final String LOST = """
      SELECT id, token, lost_leases + 1 AS times, cancel, worker_id FROM tq_job
      WHERE state = 2 AND worker_id NOT IN (SELECT id FROM tq_worker) ORDER BY id""";

  private static LostLease lost(ResultSet row) throws SQLException {
    return new LostLease(
        fence(row), row.getLong("worker_id"), row.getInt("times"), row.getBoolean("cancel"));
  }

  Upkeep maintain(int maxLostLeases) throws SQLException {
    statements.update("DELETE FROM tq_worker WHERE lease_until <= ?", now);
    var settlements = new ArrayList<Settlement>();
    for (var loss : statements.query(LOST, SqliteStatements::lost)) {
      statements.update(
          "UPDATE tq_job SET lost_leases = ? WHERE id = ?",
          loss.times(),
          loss.fence().id());
      settlements.add(loss.settlement(maxLostLeases));
    }
    new SqliteSettling(statements, now).settle(settlements);
    var requeued =
        (int) settlements.stream().filter(Settlement.Again.class::isInstance).count();
    return new Upkeep(requeued, settlements.size() - requeued, expire());
  }

  private int expire() throws SQLException {
    var late = statements.query(
        "SELECT id FROM tq_job WHERE state = 1 AND attempt = 0 AND expires_at <= ?",
        row -> row.getLong(1),
        now);
    for (var id : late) {
      buryWaiting(id, JobStatus.EXPIRED, "did not start in time");
    }
    return late.size();
  }

  // Operators

  private static final String REVIVE = """
      INSERT INTO tq_job (kind, version, payload, queue, band, run_at, max_attempts, unique_key,
        parent_id, created_at)
      SELECT kind, version, payload, queue, band, ?1, max_attempts, unique_key, id, ?1
      FROM tq_dead WHERE id = ?2
      ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL DO NOTHING""";

  List<Long> redrive(JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = jobs.where(filter, parameters);
    parameters.add(most);
    var dead = Sql.query( // no statement to be kept: each filter makes another one
        statements.connection(),
        "SELECT id FROM (SELECT *, outcome AS status FROM tq_dead) WHERE " + where
            + " ORDER BY id LIMIT ?",
        row -> row.getLong(1),
        parameters.toArray());
    var redriven = new ArrayList<Long>();
    for (var id : dead) {
      if (statements.update(REVIVE, now, id) > 0) {
        statements.update(
            "DELETE FROM tq_attempt WHERE job_id = (SELECT parent_id FROM tq_dead WHERE id = ?)",
            id);
        statements.update("DELETE FROM tq_dead WHERE id = ?", id);
        redriven.add(id);
      }
    }
    return redriven;
  }

  /** Writes something that changes nothing, to see how long a commit takes. */
  int touch() throws SQLException {
    return statements.update("UPDATE tq_token SET value = value");
  }
}
