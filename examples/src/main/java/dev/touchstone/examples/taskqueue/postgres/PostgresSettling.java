package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ends attempts in the transaction of a connection: each kind of end in one statement. */
final class PostgresSettling {

  /*
   * Every statement finds its rows by number, state and token, and returns those that it found: what
   * is missing was refused. A job that is not ready is running; asked for those that run, the planner
   * would go through the index of all of them. Rows are touched in the order of their numbers where the planner lets
   * them be, so that deadlocks are rare; those that happen are retried by the store.
   */

  private static final String DONE = """
      with d as (
        delete from tq_job j using unnest(?::bigint[], ?::bigint[], ?::bigint[]) x (id, token, ms)
        where j.id = x.id and j.state <> 1 and j.token = x.token
        returning j.*, x.ms),
      s as (delete from tq_step s using d where s.job_id = d.id)
      insert into tq_done (id, queue, band, kind, version, attempt, max_attempts, created_at, run_ms,
        payload, unique_key, parent_id)
      select id, queue, band, kind, version, attempt, max_attempts, created_at, ms, payload,
        unique_key, parent_id
      from d returning id""";

  private static final String AGAIN = """
      with u as (
        update tq_job j set state = 1, worker_id = null, error = x.error,
          attempt = attempt - x.refund,
          run_at = case when x.refund = 1 and x.ms = 0 then run_at
            else statement_timestamp() + x.ms * interval '1 millisecond' end
        from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::smallint[], ?::text[])
          x (id, token, ms, refund, how, error)
        where j.id = x.id and j.state <> 1 and j.token = x.token and not j.cancel
        returning j.id, j.attempt + x.refund as attempt, j.token, x.how, x.error)
      insert into tq_attempt (job_id, attempt, token, how, error)
      select id, attempt, token, how, error from u returning job_id""";

  private static final String BURY = """
      with d as (
        delete from tq_job j
        using unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[])
          x (id, token, outcome, how, last)
        where j.id = x.id and j.state <> 1 and j.token = x.token
        returning j.*, x.outcome, x.how, x.last),
      s as (delete from tq_step s using d where s.job_id = d.id),
      a as (insert into tq_attempt (job_id, attempt, token, how, error)
        select id, attempt, token, how, last from d)
      insert into tq_dead (id, outcome, queue, band, kind, version, attempt, max_attempts, created_at,
        payload, unique_key, parent_id, error)
      select id, outcome, queue, band, kind, version, attempt, max_attempts, created_at, payload,
        unique_key, parent_id, last
      from d returning id""";

  /** How a job is put among the dead letters. */
  private record Burial(Fence fence, JobStatus outcome, AttemptEnd end, String error) {}

  private final Connection connection;
  private final Set<Long> accepted = new HashSet<>();

  PostgresSettling(Connection connection) {
    this.connection = connection;
  }

  /** Returns whether these ends take a single statement, which needs no transaction around it. */
  static boolean isOneStatement(Collection<? extends Settlement> settlements) {
    return settlements.stream().allMatch(Settlement.Succeeded.class::isInstance);
  }

  Set<Fence> settle(Collection<? extends Settlement> settlements) throws SQLException {
    var done = new ArrayList<Settlement.Succeeded>();
    var again = new ArrayList<Settlement.Again>();
    var burials = new ArrayList<Burial>();
    var ordered = settlements.stream()
        .sorted(Comparator.comparingLong(settlement -> settlement.fence().id()))
        .toList();
    for (var settlement : ordered) {
      switch (settlement) {
        case Settlement.Succeeded success -> done.add(success);
        case Settlement.Again retry -> again.add(retry);
        case Settlement.Dead dead ->
          burials.add(new Burial(dead.fence(), JobStatus.DEAD, dead.end(), dead.error()));
        case Settlement.Cancelled cancelled ->
          burials.add(cancelled(cancelled.fence(), cancelled.error()));
      }
    }
    finish(done);
    requeue(again);
    again.stream() // what is left is refused, or has been cancelled meanwhile
        .filter(retry -> !accepted.contains(retry.fence().id()))
        .forEach(retry -> burials.add(cancelled(retry.fence(), retry.error())));
    bury(burials);
    var refused = new HashSet<Fence>();
    for (var settlement : settlements) {
      if (!accepted.contains(settlement.fence().id())) {
        refused.add(settlement.fence());
      }
    }
    return refused;
  }

  private static Burial cancelled(Fence fence, String error) {
    return new Burial(fence, JobStatus.CANCELLED, AttemptEnd.CANCELLED, error);
  }

  private void finish(List<Settlement.Succeeded> done) throws SQLException {
    run(
        DONE,
        done,
        List.of(
            new Column<>("bigint", success -> success.fence().id()),
            new Column<>("bigint", success -> success.fence().token()),
            new Column<>("bigint", success -> success.ran().toMillis())));
  }

  private void requeue(List<Settlement.Again> again) throws SQLException {
    run(
        AGAIN,
        again,
        List.of(
            new Column<>("bigint", retry -> retry.fence().id()),
            new Column<>("bigint", retry -> retry.fence().token()),
            new Column<>("bigint", retry -> retry.delay().toMillis()),
            new Column<>("int", retry -> retry.end().isCounted() ? 0 : 1),
            new Column<>("smallint", retry -> retry.end().code()),
            new Column<>("text", Settlement.Again::error)));
  }

  private void bury(List<Burial> burials) throws SQLException {
    run(
        BURY,
        burials,
        List.of(
            new Column<>("bigint", burial -> burial.fence().id()),
            new Column<>("bigint", burial -> burial.fence().token()),
            new Column<>("smallint", burial -> burial.outcome().code()),
            new Column<>("smallint", burial -> burial.end().code()),
            new Column<>("text", Burial::error)));
  }

  private <T> void run(String sql, List<T> rows, List<Column<T>> columns) throws SQLException {
    if (!rows.isEmpty()) {
      accepted.addAll(Sql.query(
          connection, sql, row -> row.getLong(1), Column.arrays(connection, rows, columns)));
    }
  }
}
