package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Bucket;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes and questions of workers that every database understands. */
public final class CommonStatements {

  private final Dialect dialect;

  /** Creates the statements for a database. */
  public CommonStatements(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Lets a worker go. */
  public int retire(Connection connection, long worker) throws SQLException {
    return Sql.update(connection, "delete from tq_worker where id = ?", worker);
  }

  /**
   * Returns how long until a job of these queues may start that may not now.
   *
   * @param now asks for the time by the clock of the database
   */
  public Optional<Duration> untilDue(
      Connection connection, Set<String> queues, Sql.Work<Instant> now) throws SQLException {
    var limits = limits(connection);
    var waits = untilDue(connection, queues);
    for (var queue : queues) {
      var limited = limits.getOrDefault(queue, QueueLimits.NONE);
      if (limited.rate().isPresent()) {
        limited.untilNext(bucket(connection, queue), now.apply(connection)).ifPresent(waits::add);
      }
    }
    return waits.stream().min(Comparator.naturalOrder());
  }

  /** Asks for each band of each queue, or the index would be no help, and for all of them at once. */
  private List<Duration> untilDue(Connection connection, Set<String> queues) throws SQLException {
    var next =
        """
        select * from (select %1$s - %2$s from tq_job
          where state = 1 and queue = ? and band = ? and run_at > %3$s order by run_at, id limit 1) b""".formatted(dialect.millis("run_at"), dialect.millis(dialect.now()), dialect.now());
    var bands = new ArrayList<String>();
    var parameters = new ArrayList<Object>();
    for (var queue : queues) {
      for (var priority : Priority.values()) {
        bands.add(next);
        parameters.addAll(List.of(queue, priority.code()));
      }
    }
    return Sql.query(
        connection,
        String.join(" union all ", bands),
        row -> Duration.ofMillis(row.getLong(1)),
        parameters.toArray());
  }

  /** Returns what was given to a worker after it was given something for the last time that it knows of. */
  public List<Fence> unanswered(Connection connection, long worker, long after)
      throws SQLException {
    return Sql.query(
        connection,
        "select id, token from tq_job where state = 2 and worker_id = ? and token > ? order by id",
        row -> new Fence(row.getLong(1), row.getLong(2)),
        worker,
        after);
  }

  // Steps

  /** Returns the kept results of a job's steps. */
  public Map<String, String> steps(Connection connection, long id) throws SQLException {
    var steps = new HashMap<String, String>();
    Sql.query(
        connection,
        "select name, result from tq_step where job_id = ?",
        row -> steps.put(row.getString(1), row.getString(2)),
        id);
    return steps;
  }

  /** Keeps the result of a step of a running attempt. */
  public boolean keepStep(Connection connection, Fence fence, String name, String result)
      throws SQLException {
    return Sql.update(connection, """
            insert into tq_step (job_id, name, result)
            select id, cast(? as text), cast(? as text) from tq_job
            where id = ? and state = 2 and token = ?
            on conflict (job_id, name) do update set result = excluded.result""", name, result, fence.id(), fence.token()) > 0;
  }

  // Limits

  /** Sets what holds the jobs of a queue back. The bucket is full again. */
  public int limit(Connection connection, String queue, QueueLimits limits) throws SQLException {
    return Sql.update(
        connection,
        """
        insert into tq_queue (name, paused, max_running, rate, burst) values (?, ?, ?, ?, ?)
        on conflict (name) do update set paused = excluded.paused,
          max_running = excluded.max_running, rate = excluded.rate, burst = excluded.burst,
          tokens = null, filled_at = null""",
        queue,
        limits.isPaused(),
        limits.maxRunning().isPresent() ? limits.maxRunning().getAsInt() : null,
        limits.rate().map(Rate::perSecond).orElse(null),
        limits.rate().map(Rate::burst).orElse(null));
  }

  /** Returns the limits of the queues that have some. */
  public Map<String, QueueLimits> limits(Connection connection) throws SQLException {
    var limits = new HashMap<String, QueueLimits>();
    Sql.query(
        connection,
        "select name, paused, max_running, rate, burst from tq_queue",
        row -> limits.put(row.getString(1), limits(row)));
    return limits;
  }

  private static QueueLimits limits(ResultSet row) throws SQLException {
    var most = row.getInt("max_running");
    var maxRunning = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(most);
    var perSecond = row.getDouble("rate");
    Optional<Rate> rate =
        row.wasNull() ? Optional.empty() : Optional.of(new Rate(perSecond, row.getInt("burst")));
    return new QueueLimits(row.getBoolean("paused"), maxRunning, rate);
  }

  /**
   * Lets a taker take what the limits of a queue allow now. The row of the queue must be locked.
   *
   * @param now by the clock of the database
   */
  public <T> List<T> within(
      Connection connection,
      String queue,
      QueueLimits limits,
      Instant now,
      int limit,
      Taker<T> taker)
      throws SQLException {
    if (limits.isNone()) {
      return taker.take(limit);
    }
    var bucket = limits.fill(bucket(connection, queue), now);
    var running = limits.maxRunning().isEmpty() ? 0 : running(connection, queue);
    var room = Math.min(limit, limits.room(running, bucket));
    List<T> taken = room == 0 ? List.of() : taker.take(room);
    if (bucket.isPresent()) {
      keep(connection, queue, QueueLimits.take(bucket, taken.size()).orElseThrow());
    }
    return taken;
  }

  /** Takes jobs. */
  @FunctionalInterface
  public interface Taker<T> {

    /** Takes at most so many. */
    List<T> take(int limit) throws SQLException;
  }

  private Optional<Bucket> bucket(Connection connection, String queue) throws SQLException {
    return Sql.first(
        connection,
        "select tokens, " + dialect.millis("filled_at")
            + " from tq_queue where name = ? and tokens is not null",
        row -> new Bucket(row.getDouble(1), Instant.ofEpochMilli(row.getLong(2))),
        queue);
  }

  private int keep(Connection connection, String queue, Bucket bucket) throws SQLException {
    return Sql.update(
        connection,
        "update tq_queue set tokens = ?, filled_at = ? where name = ?",
        bucket.tokens(),
        dialect.parameter(bucket.at()),
        queue);
  }

  private static int running(Connection connection, String queue) throws SQLException {
    return Sql.first(
            connection,
            "select count(*) from tq_job where state = 2 and queue = ?",
            row -> row.getInt(1),
            queue)
        .orElse(0);
  }

  // Schedules

  /** Remembers when a schedule fires next, unless that is known for the same plan. */
  public Optional<Instant> schedule(
      Connection connection, String id, String plan, Optional<Instant> next) throws SQLException {
    Sql.update(connection, """
        insert into tq_schedule (id, plan, next_at) values (?, ?, ?)
        on conflict (id) do update set plan = excluded.plan, next_at = excluded.next_at
          where tq_schedule.plan <> excluded.plan""", id, plan, parameter(next));
    return Sql.first(
        connection,
        "select " + dialect.millis("next_at")
            + " from tq_schedule where id = ? and next_at is not null",
        row -> Instant.ofEpochMilli(row.getLong(1)),
        id);
  }

  /**
   * Takes the right to fire a schedule for a moment, and remembers when it fires after that.
   *
   * @return false if somebody else has it
   */
  public boolean fire(Connection connection, String id, Instant fireAt, Optional<Instant> next)
      throws SQLException {
    var first = Sql.update(
            connection,
            "insert into tq_fired (schedule_id, fire_at) values (?, ?) on conflict (schedule_id, fire_at) do nothing",
            id,
            dialect.parameter(fireAt))
        > 0;
    if (first) {
      Sql.update(
          connection, "update tq_schedule set next_at = ? where id = ?", parameter(next), id);
    }
    return first;
  }

  private @Nullable Object parameter(Optional<Instant> moment) {
    return moment.map(dialect::parameter).orElse(null);
  }
}
