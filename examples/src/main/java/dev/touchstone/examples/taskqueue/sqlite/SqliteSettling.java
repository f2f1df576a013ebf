package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Ends attempts in the transaction of a connection. */
final class SqliteSettling {

  private static final String DONE = """
      INSERT INTO tq_done (id, queue, band, kind, version, attempt, max_attempts, created_at,
        finished_at, run_ms, payload, unique_key, parent_id)
      SELECT id, queue, band, kind, version, attempt, max_attempts, created_at, ?, ?, payload,
        unique_key, parent_id
      FROM tq_job WHERE id = ? AND state = 2 AND token = ?""";

  private static final String NOTE = """
      INSERT INTO tq_attempt (job_id, attempt, token, how, ended_at, error)
      SELECT id, attempt, token, ?, ?, ? FROM tq_job WHERE id = ? AND state = 2 AND token = ?""";

  private static final String NOTE_UNLESS_CANCELLED = NOTE + " AND NOT cancel";

  /* A zero delay of an end that does not count leaves the job its place. */
  private static final String AGAIN = """
      UPDATE tq_job SET state = 1, worker_id = NULL, error = ?1, attempt = attempt - ?2,
        run_at = CASE WHEN ?2 = 1 AND ?3 = 0 THEN run_at ELSE ?4 + ?3 END
      WHERE id = ?5 AND state = 2 AND token = ?6 AND NOT cancel""";

  private static final String BURY = """
      INSERT INTO tq_dead (id, outcome, queue, band, kind, version, attempt, max_attempts,
        created_at, finished_at, payload, unique_key, parent_id, error)
      SELECT id, ?, queue, band, kind, version, attempt, max_attempts, created_at, ?, payload,
        unique_key, parent_id, ?
      FROM tq_job WHERE id = ? AND state = 2 AND token = ?""";

  private final CachedStatements statements;
  private final long now;

  SqliteSettling(CachedStatements statements, long now) {
    this.statements = statements;
    this.now = now;
  }

  /** Returns what was refused. */
  Set<Fence> settle(Collection<? extends Settlement> settlements) throws SQLException {
    var refused = new HashSet<Fence>();
    for (var settlement : settlements) {
      if (!settle(settlement)) {
        refused.add(settlement.fence());
      }
    }
    return refused;
  }

  private boolean settle(Settlement settlement) throws SQLException {
    var fence = settlement.fence();
    return switch (settlement) {
      case Settlement.Succeeded done ->
        statements.update(DONE, now, done.ran().toMillis(), fence.id(), fence.token()) > 0
            && remove(fence);
      case Settlement.Again again -> again(again);
      case Settlement.Dead dead -> bury(fence, JobStatus.DEAD, dead.end(), dead.error());
      case Settlement.Cancelled cancelled ->
        bury(fence, JobStatus.CANCELLED, AttemptEnd.CANCELLED, cancelled.error());
    };
  }

  private boolean again(Settlement.Again again) throws SQLException {
    var fence = again.fence();
    note(NOTE_UNLESS_CANCELLED, fence, again.end(), again.error());
    var refund = again.end().isCounted() ? 0 : 1;
    var requeued = statements.update(
            AGAIN, again.error(), refund, again.delay().toMillis(), now, fence.id(), fence.token())
        > 0;
    return requeued || bury(fence, JobStatus.CANCELLED, AttemptEnd.CANCELLED, again.error());
  }

  private boolean bury(Fence fence, JobStatus outcome, AttemptEnd end, String error)
      throws SQLException {
    note(NOTE, fence, end, error);
    return statements.update(BURY, outcome.code(), now, error, fence.id(), fence.token()) > 0
        && remove(fence);
  }

  private void note(String sql, Fence fence, AttemptEnd end, String error) throws SQLException {
    statements.update(sql, end.code(), now, error, fence.id(), fence.token());
  }

  private boolean remove(Fence fence) throws SQLException {
    statements.update("DELETE FROM tq_step WHERE job_id = ?", fence.id());
    return statements.update("DELETE FROM tq_job WHERE id = ?", fence.id()) > 0;
  }
}
