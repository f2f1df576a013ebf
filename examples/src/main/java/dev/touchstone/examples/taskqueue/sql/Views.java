package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.Amount;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.MinuteAmount;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.QueueViews;
import dev.touchstone.examples.taskqueue.store.ScheduleView;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators ask about queues, workers and schedules. */
final class Views {

  private final Dialect dialect;
  private final CommonStatements statements;

  Views(Dialect dialect, CommonStatements statements) {
    this.dialect = dialect;
    this.statements = statements;
  }

  /** Returns the forms of jobs that wait and that are none of these. */
  List<JobForm> unserved(Connection connection, Set<JobForm> served) throws SQLException {
    return Sql.query(
            connection,
            "select kind, version from (select kind, version from tq_job where state = 1 order by queue, band, run_at, id limit "
                + QueueViews.MOST_COUNTED
                + ") j group by kind, version order by kind, version",
            row -> new JobForm(row.getString(1), row.getInt(2)))
        .stream()
        .filter(form -> !served.contains(form))
        .toList();
  }

  // Queues

  /*
   * A table of jobs may be large, and counting it would take as long as it is. So each count is one of
   * a range of an index, and ends at a limit; and the names are found by going from one to the next.
   */

  private static final String NAMES = """
      with recursive q (name) as (
        select min(queue) from %1$s where %2$s
        union all
        select (select min(queue) from %1$s where %2$s and queue > q.name) from q
        where q.name is not null)
      select name from q where name is not null""";

  /** Returns the queues that have jobs or limits, by name. */
  List<QueueView> queues(Connection connection) throws SQLException {
    var limits = statements.limits(connection);
    var names = new TreeSet<>(limits.keySet());
    names.addAll(names(connection, NAMES.formatted("tq_job", "state = 1")));
    names.addAll(names(connection, "select distinct queue from tq_job where state = 2"));
    names.addAll(names(connection, NAMES.formatted("tq_dead", "1 = 1")));
    var views = new ArrayList<QueueView>();
    for (var name : names) {
      views.add(queue(connection, name, limits));
    }
    return views;
  }

  private static List<String> names(Connection connection, String sql) throws SQLException {
    return Sql.query(connection, sql, row -> row.getString(1));
  }

  private QueueView queue(Connection connection, String name, Map<String, QueueLimits> limits)
      throws SQLException {
    var due = "run_at <= " + dialect.now();
    var oldest = Stream.of(Priority.values())
        .map(band -> "select min(run_at) as first from tq_job where state = 1 and queue ="
            + " (select name from q) and band = " + band.code())
        .collect(Collectors.joining(" union all "));
    return Sql.first(
            connection,
            """
            with q (name) as (select cast(? as text))
            select %s, %s, %s, %s, (select %s - %s from (%s) f)""".formatted(
                    waiting(due),
                    waiting("run_at > " + dialect.now()),
                    counted("tq_job where state = 2 and queue = (select name from q)"),
                    counted("tq_dead where queue = (select name from q)"),
                    dialect.millis(dialect.now()),
                    dialect.millis("min(first)"),
                    oldest),
            row -> new QueueView(
                name,
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                age(row),
                limits.getOrDefault(name, QueueLimits.NONE)),
            name)
        .orElseThrow();
  }

  private static Optional<Duration> age(ResultSet row) throws SQLException {
    var millis = row.getLong(5);
    return row.wasNull() || millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  private static String waiting(String when) {
    return Stream.of(Priority.values())
        .map(band -> counted("tq_job where state = 1 and queue = (select name from q) and band = "
            + band.code() + " and " + when))
        .collect(Collectors.joining(" + "));
  }

  private static String counted(String from) {
    return "(select count(*) from (select 1 from " + from + " limit " + QueueViews.MOST_COUNTED
        + ") c)";
  }

  // Workers, schedules and figures

  /** Returns the workers, by number. */
  List<WorkerView> workers(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        """
        select w.id, w.name, %s, %s - %s, w.ttl_ms,
          (select count(*) from tq_job j where j.state = 2 and j.worker_id = w.id)
        from tq_worker w order by w.id""".formatted(
                dialect.millis("w.started_at"),
                dialect.millis("w.lease_until"),
                dialect.millis(dialect.now())),
        row -> new WorkerView(
            row.getLong(1),
            row.getString(2),
            Instant.ofEpochMilli(row.getLong(3)),
            Duration.ofMillis(row.getLong(4)),
            Duration.ofMillis(row.getLong(5)),
            row.getInt(6)));
  }

  /** Returns the schedules, by name. */
  List<ScheduleView> schedules(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        "select id, plan, " + dialect.millis("next_at") + " as next from tq_schedule order by id",
        row -> {
          var next = row.getLong("next");
          Optional<Instant> moment =
              row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
          return new ScheduleView(row.getString("id"), row.getString("plan"), moment);
        });
  }

  /** Returns what was counted since a moment. */
  List<MinuteAmount> counted(Connection connection, Instant since) throws SQLException {
    return Sql.query(
        connection,
        "select " + dialect.millis("minute")
            + ", queue, measure, bucket, amount from tq_stat where minute >= ? order by minute, queue, measure, bucket",
        row -> new MinuteAmount(
            Instant.ofEpochMilli(row.getLong(1)),
            new Amount(row.getString(2), Measure.of(row.getInt(3)), row.getInt(4), row.getLong(5))),
        dialect.parameter(since));
  }
}
