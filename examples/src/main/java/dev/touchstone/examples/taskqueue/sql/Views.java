package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What operators ask, in statements that every database understands. */
public final class Views {

  private final Dialect dialect;
  private final CommonStatements statements;

  /** Creates the questions for a database. */
  public Views(Dialect dialect, CommonStatements statements) {
    this.dialect = dialect;
    this.statements = statements;
  }

  // Jobs

  /** Jobs wherever they are, with the code of their {@link JobStatus}. */
  private String everywhere() {
    return """
        (select id, queue, band, kind, version,
            case when state = 2 then 3 when run_at <= %1$s then 0 when attempt = 0 then 1 else 2 end as status,
            attempt, max_attempts, %2$s as created, %3$s as due, error, payload, unique_key, parent_id
          from tq_job
          union all
          select id, queue, band, kind, version, 4, attempt, max_attempts, %2$s, %4$s, null, payload,
            unique_key, parent_id
          from tq_done
          union all
          select id, queue, band, kind, version, outcome, attempt, max_attempts, %2$s, %4$s, error,
            payload, unique_key, parent_id
          from tq_dead) j
        """.formatted(
            dialect.now(),
            dialect.millis("created_at"),
            dialect.millis("run_at"),
            dialect.millis("finished_at"));
  }

  /** Returns the condition of a filter, and adds its parameters. */
  public static String where(JobFilter filter, List<@Nullable Object> parameters) {
    var statuses =
        filter.statuses().stream().map(status -> String.valueOf(status.code())).toList();
    var conditions = new ArrayList<String>();
    conditions.add("status in (" + String.join(", ", statuses) + ")");
    filter.queue().ifPresent(queue -> {
      conditions.add("queue = ?");
      parameters.add(queue);
    });
    filter.kind().ifPresent(kind -> {
      conditions.add("kind = ?");
      parameters.add(kind);
    });
    filter.error().ifPresent(part -> {
      conditions.add("lower(error) like ? escape '!'");
      parameters.add("%" + part.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
    });
    filter.id().ifPresent(id -> {
      conditions.add("id = ?");
      parameters.add(id);
    });
    filter.before().ifPresent(id -> {
      conditions.add("id < ?");
      parameters.add(id);
    });
    return String.join(" and ", conditions);
  }

  /** Returns jobs, the last stored first. */
  public List<JobView> jobs(Connection connection, JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = where(filter, parameters);
    parameters.add(most);
    return Sql.query(
        connection,
        "select * from " + everywhere() + " where " + where + " order by id desc limit ?",
        Views::job,
        parameters.toArray());
  }

  /** Counts jobs. */
  public long count(Connection connection, JobFilter filter) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = where(filter, parameters);
    return Sql.first(
            connection,
            "select count(*) from " + everywhere() + " where " + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElse(0L);
  }

  private static JobView job(ResultSet row) throws SQLException {
    var parent = row.getLong("parent_id");
    Optional<Long> redriven = row.wasNull() ? Optional.empty() : Optional.of(parent);
    return new JobView(
        row.getLong("id"),
        row.getString("queue"),
        Priority.of(row.getInt("band")),
        row.getString("kind"),
        row.getInt("version"),
        JobStatus.of(row.getInt("status")),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("due")),
        Optional.ofNullable(row.getString("error")),
        row.getString("payload"),
        Optional.ofNullable(row.getString("unique_key")),
        redriven);
  }

  /** Returns how attempts ended that were not successful. */
  public List<AttemptView> attempts(Connection connection, long id) throws SQLException {
    return Sql.query(
        connection,
        "select attempt, token, how, " + dialect.millis("ended_at")
            + ", error from tq_attempt where job_id = ? order by token, ended_at",
        row -> new AttemptView(
            row.getInt(1),
            row.getLong(2),
            AttemptEnd.of(row.getInt(3)),
            Instant.ofEpochMilli(row.getLong(4)),
            row.getString(5)),
        id);
  }

  /** Returns the forms of jobs that wait and that are none of these. */
  public List<JobForm> unserved(Connection connection, Set<JobForm> served) throws SQLException {
    return Sql.query(
            connection,
            "select kind, version from tq_job where state = 1 group by kind, version order by kind, version",
            row -> new JobForm(row.getString(1), row.getInt(2)))
        .stream()
        .filter(form -> !served.contains(form))
        .toList();
  }

  // Queues and workers

  private record Live(long ready, long scheduled, long running, Optional<Duration> oldest) {
    static final Live NONE = new Live(0, 0, 0, Optional.empty());
  }

  /** Returns the queues that have jobs or limits, by name. */
  public List<QueueView> queues(Connection connection) throws SQLException {
    var live = live(connection);
    var dead = dead(connection);
    var limits = statements.limits(connection);
    var names = new TreeSet<>(live.keySet());
    names.addAll(dead.keySet());
    names.addAll(limits.keySet());
    return names.stream()
        .map(name -> {
          var jobs = live.getOrDefault(name, Live.NONE);
          return new QueueView(
              name,
              jobs.ready(),
              jobs.scheduled(),
              jobs.running(),
              dead.getOrDefault(name, 0L),
              jobs.oldest(),
              limits.getOrDefault(name, QueueLimits.NONE));
        })
        .toList();
  }

  private Map<String, Live> live(Connection connection) throws SQLException {
    var live = new HashMap<String, Live>();
    Sql.query(
        connection,
        """
        select queue,
          sum(case when state = 1 and run_at <= %1$s then 1 else 0 end),
          sum(case when state = 1 and run_at > %1$s then 1 else 0 end),
          sum(case when state = 2 then 1 else 0 end),
          %2$s - %3$s
        from tq_job group by queue""".formatted(
                dialect.now(),
                dialect.millis(dialect.now()),
                dialect.millis("min(case when state = 1 and run_at <= " + dialect.now()
                    + " then run_at end)")),
        row -> {
          var age = row.getLong(5);
          Optional<Duration> oldest =
              row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, age)));
          return live.put(
              row.getString(1), new Live(row.getLong(2), row.getLong(3), row.getLong(4), oldest));
        });
    return live;
  }

  private static Map<String, Long> dead(Connection connection) throws SQLException {
    var dead = new HashMap<String, Long>();
    Sql.query(
        connection,
        "select queue, count(*) from tq_dead group by queue",
        row -> dead.put(row.getString(1), row.getLong(2)));
    return dead;
  }

  /** Returns the workers, by number. */
  public List<WorkerView> workers(Connection connection) throws SQLException {
    return Sql.query(
        connection,
        """
        select w.id, w.name, %s, %s - %s,
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
            row.getInt(5)));
  }
}
