package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.DeadLetter;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobPage;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds jobs wherever they are: waiting, running, done or dead. */
public final class Jobs {

  /** How many rows of a table a search looks at. */
  private static final int LOOKED_AT = 10_000;

  private static final int LONGEST_ERROR = 400;

  private final Dialect dialect;

  Jobs(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A table that jobs are in. */
  private enum Place {
    LIVE("tq_job"),
    DONE("tq_done"),
    DEAD("tq_dead");

    private final String table;

    Place(String table) {
      this.table = table;
    }

    private static Place of(JobStatus status) {
      return switch (status) {
        case READY, SCHEDULED, RETRYING, RUNNING -> LIVE;
        case SUCCEEDED -> DONE;
        case DEAD, CANCELLED, EXPIRED -> Place.DEAD;
      };
    }

    /** Returns where jobs of a filter can be; one place at least. */
    static List<Place> of(JobFilter filter) {
      var places = filter.statuses().stream().map(Place::of).distinct().sorted().toList();
      return places.isEmpty() ? List.of(LIVE) : places;
    }
  }

  /** Returns an expression for the code of the {@link JobStatus} of a row that has not ended. */
  String liveStatus() {
    return "case when state = 2 then 3 when run_at <= " + dialect.now()
        + " then 0 when attempt = 0 then 1 else 2 end";
  }

  private String columns(Place place) {
    return switch (place) {
      case LIVE -> """
        %s as status, run_at as due_at, error,
        case when state = 2 then %s end as started, case when state = 2 then worker_id end as worker""".formatted(liveStatus(), dialect.millis("started_at"));
      case DONE -> """
        4 as status, finished_at as due_at, cast(null as text) as error,
        %s - run_ms as started, cast(null as bigint) as worker""".formatted(dialect.millis("finished_at"));
      case DEAD -> """
        cast(outcome as int) as status, finished_at as due_at, error,
        cast(null as bigint) as started, cast(null as bigint) as worker""";
    };
  }

  private String select(Place place, String source) {
    return """
        select id, queue, band, kind, version, attempt, max_attempts, created_at, payload, unique_key,
          parent_id, %s
        from %s""".formatted(columns(place), source);
  }

  private String from(List<Place> places, String source) {
    return places.stream()
        .map(place -> select(place, source.formatted(place.table)))
        .collect(Collectors.joining("\nunion all\n", "(", ") j"));
  }

  private String query(String from, String where) {
    return "select j.*, %s as created, %s as due from %s where %s order by id desc limit ?"
        .formatted(dialect.millis("created_at"), dialect.millis("due_at"), from, where);
  }

  /** Returns the condition of a filter, and adds its parameters. */
  public String where(JobFilter filter, List<@Nullable Object> parameters) {
    var statuses =
        filter.statuses().stream().map(status -> String.valueOf(status.code())).toList();
    var conditions = new ArrayList<String>();
    conditions.add(
        statuses.isEmpty() ? "1 = 0" : "status in (" + String.join(", ", statuses) + ")");
    filter.queue().ifPresent(queue -> {
      conditions.add("queue = ?");
      parameters.add(queue);
    });
    filter.kind().ifPresent(kind -> {
      var prefix = kind.endsWith("*") ? kind.length() - 1 : -1;
      conditions.add(prefix < 0 ? "kind = ?" : "substr(kind, 1, " + prefix + ") = ?");
      parameters.add(prefix < 0 ? kind : kind.substring(0, prefix));
    });
    filter.error().ifPresent(part -> addPart("error", part, conditions, parameters));
    filter.payload().ifPresent(part -> addPart("payload", part, conditions, parameters));
    filter.since().ifPresent(moment -> {
      conditions.add("created_at >= ?");
      parameters.add(dialect.parameter(moment));
    });
    if (!filter.ids().isEmpty()) {
      conditions.add("id in (" + Operations.list(filter.ids()) + ")");
    }
    filter.before().ifPresent(id -> {
      conditions.add("id < ?");
      parameters.add(id);
    });
    return String.join(" and ", conditions);
  }

  private static void addPart(
      String column, String part, List<String> conditions, List<@Nullable Object> parameters) {
    conditions.add(
        "lower(" + column + ") like lower(?) escape '!'"); // letters as the database has them
    parameters.add("%" + part.replaceAll("[!%_]", "!$0") + "%");
  }

  List<JobView> list(Connection connection, JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = where(filter, parameters);
    parameters.add(most);
    return Sql.query(
        connection, query(from(Place.of(filter), "%s"), where), Jobs::view, parameters.toArray());
  }

  long count(Connection connection, JobFilter filter) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = where(filter, parameters);
    return Sql.first(
            connection,
            "select count(*) from " + from(Place.of(filter), "%s") + " where " + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElse(0L);
  }

  /*
   * Of each table the newest rows are looked at and no others, whatever the filter says. Where a
   * table has more of them the search must stop: what another table has further down might not be
   * next.
   */
  JobPage search(Connection connection, JobFilter filter, int most) throws SQLException {
    if (!filter.ids().isEmpty()) {
      return new JobPage(list(connection, filter, most), OptionalLong.empty());
    }
    var before = filter.before().orElse(Long.MAX_VALUE);
    var places = Place.of(filter);
    var stop = Long.MIN_VALUE;
    for (var place : places) {
      stop = Math.max(stop, end(connection, place, before));
    }
    var parameters = new ArrayList<@Nullable Object>();
    places.forEach(place -> parameters.add(before));
    var where = where(filter, parameters);
    parameters.add(stop);
    parameters.add(most);
    var source = "(select * from %s where id < ? order by id desc limit " + LOOKED_AT + ") t";
    var found = Sql.query(
        connection,
        query(from(places, source), where + " and id >= ?"),
        Jobs::view,
        parameters.toArray());
    if (found.size() == most) {
      return new JobPage(found, OptionalLong.of(found.getLast().id()));
    }
    return new JobPage(
        found, stop == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(stop));
  }

  /**
   * Returns the smallest number that a search looks at; the least of all if that is the whole
   * table.
   */
  private static long end(Connection connection, Place place, long before) throws SQLException {
    return Sql.first(
            connection,
            "select id from " + place.table + " where id < ? order by id desc limit 1 offset "
                + (LOOKED_AT - 1),
            row -> row.getLong(1),
            before)
        .orElse(Long.MIN_VALUE);
  }

  private static JobView view(ResultSet row) throws SQLException {
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
        number(row, "started").map(Instant::ofEpochMilli),
        number(row, "worker"),
        number(row, "parent_id"));
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    var number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  List<DeadLetter> deadLetters(Connection connection, int most) throws SQLException {
    return Sql.query(
        connection,
        "select id, queue, kind, outcome, %s as ended, substr(error, 1, %d) as error from tq_dead order by id desc limit ?"
            .formatted(dialect.millis("finished_at"), LONGEST_ERROR),
        row -> new DeadLetter(
            row.getLong("id"),
            row.getString("queue"),
            row.getString("kind"),
            JobStatus.of(row.getInt("outcome")),
            Instant.ofEpochMilli(row.getLong("ended")),
            Optional.ofNullable(row.getString("error")).orElse("")),
        most);
  }

  List<AttemptView> attempts(Connection connection, long id) throws SQLException {
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
}
