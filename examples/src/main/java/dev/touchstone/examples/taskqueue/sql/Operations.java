package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.Amount;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.Retention;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What operators change, and what is thrown away, in statements that every database understands.
 */
final class Operations {

  /** A page shows a day of figures. */
  private static final Duration FIGURES = Duration.ofHours(25);

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final Dialect dialect;
  private final Jobs jobs;

  Operations(Dialect dialect, Jobs jobs) {
    this.dialect = dialect;
    this.jobs = jobs;
  }

  List<Long> hurry(Connection connection, JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = jobs.where(filter, parameters);
    parameters.add(most);
    return sorted(Sql.query(
        connection,
        """
        update tq_job set run_at = %1$s where state = 1 and id in (
          select id from (select *, %2$s as status from tq_job where state = 1) j
          where status in (1, 2) and %3$s order by id limit ?)
        returning id""".formatted(dialect.now(), jobs.liveStatus(), where),
        row -> row.getLong(1),
        parameters.toArray()));
  }

  List<Long> discard(Connection connection, JobFilter filter, int most) throws SQLException {
    var parameters = new ArrayList<@Nullable Object>();
    var where = jobs.where(filter, parameters);
    parameters.add(most);
    var gone = Sql.query(connection, """
        delete from tq_dead where id in (
          select id from (select *, outcome as status from tq_dead) j
          where %s order by id limit ?)
        returning id, parent_id""".formatted(where), Operations::ended, parameters.toArray());
    forgetAttempts(connection, gone);
    return sorted(gone.stream().map(Ended::id).toList());
  }

  private static List<Long> sorted(List<Long> ids) {
    return ids.stream().sorted(Comparator.naturalOrder()).toList();
  }

  // History

  /**
   * Forgets what has ended long ago. In batches that the index finds: dropping partitions would be
   * cheaper still, and would take every look-up by number through all of them.
   */
  int purge(Connection connection, Retention retention, Instant now, int most) throws SQLException {
    var count = 0;
    if (retention.succeeded().isPresent()) {
      var before = now.minus(retention.succeeded().get());
      count += purge(connection, "tq_done", before, most);
      Sql.update(connection, "delete from tq_fired where fire_at < ?", dialect.parameter(before));
    }
    if (retention.dead().isPresent() && count < most) {
      count += purge(connection, "tq_dead", now.minus(retention.dead().get()), most - count);
    }
    Sql.update(
        connection, "delete from tq_stat where minute < ?", dialect.parameter(now.minus(FIGURES)));
    return count;
  }

  private int purge(Connection connection, String table, Instant before, int most)
      throws SQLException {
    var old = Sql.query(
        connection,
        "select id, parent_id from " + table
            + " where finished_at < ? order by finished_at limit ?",
        Operations::ended,
        dialect.parameter(before),
        most);
    if (old.isEmpty()) {
      return 0;
    }
    forgetAttempts(connection, old);
    var ids = old.stream().map(Ended::id).toList();
    return Sql.update(connection, "delete from " + table + " where id in (" + list(ids) + ")");
  }

  /** A job that has ended, and the dead letter that it was made of; 0 if it was made of none. */
  private record Ended(long id, long parent) {}

  private static Ended ended(ResultSet row) throws SQLException {
    return new Ended(row.getLong("id"), row.getLong("parent_id"));
  }

  private static void forgetAttempts(Connection connection, List<Ended> jobs) throws SQLException {
    if (!jobs.isEmpty()) {
      var ids = jobs.stream().flatMap(job -> Stream.of(job.id(), job.parent())).toList();
      Sql.update(connection, "delete from tq_attempt where job_id in (" + list(ids) + ")");
    }
  }

  /** Numbers are no text that could hold anything else, so they need not be parameters. */
  static String list(Collection<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  // Figures

  /**
   * Adds to what is counted of the present minute. In one order, so that nobody waits in a
   * circle.
   */
  int add(Connection connection, List<Amount> amounts, Instant now) throws SQLException {
    var minute = dialect.parameter(Instant.ofEpochMilli(now.toEpochMilli() / MINUTE * MINUTE));
    var ordered = amounts.stream()
        .sorted(Comparator.comparing(Amount::queue)
            .thenComparing(Amount::measure)
            .thenComparingInt(Amount::bucket))
        .toList();
    try (var statement = connection.prepareStatement("""
        insert into tq_stat (minute, queue, measure, bucket, amount) values (?, ?, ?, ?, ?)
        on conflict (minute, queue, measure, bucket) do update set amount = tq_stat.amount + excluded.amount""")) {
      for (var amount : ordered) {
        Sql.bind(
            statement,
            minute,
            amount.queue(),
            amount.measure().code(),
            amount.bucket(),
            amount.count());
        statement.addBatch();
      }
      return statement.executeBatch().length;
    }
  }
}
