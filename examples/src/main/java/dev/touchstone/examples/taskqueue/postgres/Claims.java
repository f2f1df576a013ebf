package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives jobs to workers, those of all bands in one round trip to the database. For all threads. */
final class Claims {

  /*
   * The function tq_claim of the schema puts the asks one after the other, as
   * ClaimRequest.forEachAsk does. There is always a row, which tells whether there are limits, and
   * without a number if nothing was taken.
   */
  private static final String CLAIM = """
      select q.is_limited, j.id, j.token, j.queue, j.band, j.kind, j.version, j.payload, j.attempt,
        j.max_attempts, j.run_at
      from (select exists (select from tq_queue where name = any (?)
        and (paused or max_running is not null or rate is not null)) as is_limited) q
      left join lateral
        tq_claim(?, ?, ?, ?, ?, ?, case when q.is_limited then 0 else ? end) j on true""";

  private final ClaimFloor floor = new ClaimFloor(System::nanoTime);

  /**
   * Takes jobs of queues that have no limits.
   *
   * @return empty if one of them has limits: nothing was taken then
   */
  Optional<List<ClaimedJob>> takeUnlessLimited(Connection connection, ClaimRequest request)
      throws SQLException {
    return take(
        connection, request, request.asks().stream().map(Ask::queue).distinct().toList());
  }

  /** Takes jobs, whatever the limits of their queues. */
  List<ClaimedJob> take(Connection connection, ClaimRequest request) throws SQLException {
    return take(connection, request, List.of()).orElseThrow();
  }

  private Optional<List<ClaimedJob>> take(
      Connection connection, ClaimRequest request, List<String> unlessLimited) throws SQLException {
    var look = floor.look(connection);
    var parameters = new ArrayList<Object>();
    parameters.add(connection.createArrayOf("text", unlessLimited.toArray()));
    parameters.add(request.worker());
    parameters.add(connection.createArrayOf(
        "text", request.serves().stream().map(JobForm::toString).toArray()));
    parameters.addAll(List.of(Column.arrays(
        connection,
        request.asks(),
        List.of(
            new Column<>("text", Ask::queue),
            new Column<>("smallint", ask -> ask.priority().code()),
            new Column<>("timestamptz", ask -> look.from(ask).orElse(null)),
            new Column<>("int", Ask::limit)))));
    parameters.add(request.total());
    var rows = Sql.query(connection, CLAIM, Claims::row, parameters.toArray());
    if (rows.getFirst().isLimited()) {
      return Optional.empty();
    }
    var jobs = rows.stream().flatMap(row -> row.job().stream()).toList();
    look.found(request, jobs);
    return Optional.of(jobs);
  }

  /** A row of the answer. */
  private record Row(boolean isLimited, Optional<ClaimedJob> job) {}

  private static Row row(ResultSet row) throws SQLException {
    var isLimited = row.getBoolean("is_limited");
    var id = row.getLong("id");
    return new Row(isLimited, row.wasNull() ? Optional.empty() : Optional.of(job(id, row)));
  }

  private static ClaimedJob job(long id, ResultSet row) throws SQLException {
    return new ClaimedJob(
        new Fence(id, row.getLong("token")),
        row.getString("queue"),
        Priority.of(row.getInt("band")),
        new JobForm(row.getString("kind"), row.getInt("version")),
        row.getString("payload"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        row.getObject("run_at", OffsetDateTime.class).toInstant());
  }
}
