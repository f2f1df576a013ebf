package dev.touchstone.examples.taskqueue.postgres;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.touchstone.concurrency.waiting.Interruptions;
import dev.touchstone.examples.taskqueue.sql.CommonStatements;
import dev.touchstone.examples.taskqueue.sql.Migrations;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.sql.Views;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.Settlement;
import dev.touchstone.examples.taskqueue.store.StoreException;
import dev.touchstone.examples.taskqueue.store.TransactionalStore;
import dev.touchstone.examples.taskqueue.store.Upkeep;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store in a PostgreSQL database.
 *
 * <p>Statements run on a pool of six connections. Heartbeats have one of their own, so that whoever
 * holds the pool's cannot make a worker look dead; and so has whoever listens for new jobs.
 *
 * <p>A transaction that the database ends because of a deadlock or a conflict is run again.
 */
public final class PostgresStore implements TransactionalStore {

  private static final int POOL = 6;
  private static final int MOST_TRIES = 5;

  private final HikariDataSource pool;
  private final PostgresStatements statements = new PostgresStatements();
  private final CommonStatements common = new CommonStatements(PostgresDialect.INSTANCE);
  private final Views views = new Views(PostgresDialect.INSTANCE, common);
  private final HeartbeatConnection heartbeats;
  private final Listener listener;

  private PostgresStore(HikariDataSource pool, Connections connections) {
    this.pool = pool;
    heartbeats = new HeartbeatConnection(connections);
    listener = new Listener(connections);
  }

  /**
   * Opens the queue in a database, and brings its schema up to date.
   *
   * @param url such as {@code jdbc:postgresql://localhost/app?user=app}
   * @throws StoreException if the database cannot be reached, or the schema not be brought up to date
   */
  public static PostgresStore open(String url) {
    var pool = pool(url);
    try {
      Migrations.POSTGRES.migrate(pool);
      return new PostgresStore(pool, new Connections(url));
    } catch (StoreException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource pool(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StoreException(
          "the address of a PostgreSQL database must look like jdbc:postgresql://localhost/app?user=app, was '"
              + url + "'");
    }
    var config = new HikariConfig();
    config.setDriverClassName(org.postgresql.Driver.class.getName());
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(POOL);
    config.setMinimumIdle(1);
    config.setPoolName("touchstone-queue");
    config.setConnectionTimeout(10_000);
    Connections.PROPERTIES.forEach(config::addDataSourceProperty);
    config.setConnectionInitSql(Connections.SETTINGS);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new StoreException(
          "cannot reach the database at " + Connections.withoutParameters(url) + ": "
              + Optional.ofNullable(e.getCause()).orElse(e).getMessage(),
          e);
    }
  }

  /** Works with a connection that commits each statement by itself. */
  private <T> T run(Sql.Work<T> work) {
    return retrying(() -> {
      try (var connection = pool.getConnection()) {
        return work.apply(connection);
      }
    });
  }

  /** Works with a connection in one transaction. */
  private <T> T transact(Sql.Work<T> work) {
    return retrying(() -> {
      try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        try {
          var result = work.apply(connection);
          connection.commit();
          return result;
        } catch (SQLException | RuntimeException e) {
          rollback(connection, e);
          throw e;
        } // the pool switches auto-commit on again
      }
    });
  }

  private static void rollback(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Something that the database may refuse for the moment. */
  @FunctionalInterface
  private interface Attempt<T> {

    T make() throws SQLException;
  }

  private <T> T retrying(Attempt<T> attempt) {
    if (pool.isClosed()) {
      throw new IllegalStateException("the store is closed");
    }
    var interrupted = Thread.interrupted(); // the pool would refuse
    try {
      for (int tries = 1; ; tries++) {
        try {
          return attempt.make();
        } catch (SQLException e) {
          interrupted |= Thread.interrupted();
          if (tries == MOST_TRIES || !(isConflict(e) || Interruptions.explain(e))) {
            throw failure(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** 40001 serialization failure, 40P01 deadlock: nothing was changed, and once more may help. */
  private static boolean isConflict(SQLException failure) {
    return "40001".equals(failure.getSQLState()) || "40P01".equals(failure.getSQLState());
  }

  static StoreException failure(SQLException cause) {
    return new StoreException("the database failed: " + cause.getMessage(), cause);
  }

  @Override
  public Instant now() {
    return run(statements::now);
  }

  // Producers

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    return jobs.isEmpty() ? List.of() : transact(connection -> enqueue(connection, jobs));
  }

  @Override
  public List<Enqueued> enqueue(Connection connection, List<NewJob> jobs) throws SQLException {
    var outcomes = statements.enqueue(connection, jobs);
    statements.announce(connection);
    return outcomes;
  }

  @Override
  public Cancellation cancel(long id) {
    return transact(connection -> statements.cancel(connection, id));
  }

  // Workers

  @Override
  public long register(String name, Duration ttl) {
    return heartbeats.run(connection -> statements.register(connection, name, ttl));
  }

  @Override
  public Optional<List<Fence>> heartbeat(long worker, Duration ttl) {
    return heartbeats.run(connection -> statements.heartbeat(connection, worker, ttl));
  }

  @Override
  public void retire(long worker) {
    run(connection -> common.retire(connection, worker));
  }

  @Override
  public List<ClaimedJob> claim(ClaimRequest request) {
    return transact(connection -> {
      var limits = common.limits(connection);
      var claimed = new ArrayList<ClaimedJob>();
      request.forEachAsk((queue, priority, limit) -> {
        var limited = limits.getOrDefault(queue, QueueLimits.NONE);
        var taken = limited.isNone()
            ? statements.take(connection, request, queue, priority, limit)
            : takeWithin(connection, request, new ClaimRequest.Ask(queue, priority, limit));
        claimed.addAll(taken);
        return taken.size();
      });
      return claimed;
    });
  }

  private List<ClaimedJob> takeWithin(
      Connection connection, ClaimRequest request, ClaimRequest.Ask ask) throws SQLException {
    statements.lockQueue(connection, ask.queue());
    var limits = common.limits(connection).getOrDefault(ask.queue(), QueueLimits.NONE);
    return common.within(
        connection,
        ask.queue(),
        limits,
        statements.now(connection),
        ask.limit(),
        room -> statements.take(connection, request, ask.queue(), ask.priority(), room));
  }

  @Override
  public Set<Fence> settle(Collection<? extends Settlement> settlements) {
    return settlements.isEmpty()
        ? Set.of()
        : transact(connection -> new PostgresSettling(connection).settle(settlements));
  }

  @Override
  public boolean complete(Connection connection, Fence fence, Duration ran) throws SQLException {
    var done = List.of(new Settlement.Succeeded(fence, ran));
    return new PostgresSettling(connection).settle(done).isEmpty();
  }

  @Override
  public Upkeep maintain(int maxLostLeases) {
    return transact(connection -> statements.maintain(connection, maxLostLeases));
  }

  @Override
  public Optional<Duration> untilDue(Set<String> queues) {
    return run(connection -> common.untilDue(connection, queues, statements.now(connection)));
  }

  // Steps

  @Override
  public Map<String, String> steps(long id) {
    return run(connection -> common.steps(connection, id));
  }

  @Override
  public boolean keepStep(Fence fence, String name, String result) {
    return run(connection -> common.keepStep(connection, fence, name, result));
  }

  // Operators

  @Override
  public void limit(String queue, QueueLimits limits) {
    transact(connection -> {
      common.limit(connection, queue, limits);
      return statements.announce(connection);
    });
  }

  @Override
  public QueueLimits limits(String queue) {
    return run(common::limits).getOrDefault(queue, QueueLimits.NONE);
  }

  @Override
  public List<Long> redrive(JobFilter filter, int most) {
    return transact(connection -> {
      var redriven = statements.redrive(connection, filter, most);
      statements.announce(connection);
      return redriven;
    });
  }

  // Views

  @Override
  public List<JobView> jobs(JobFilter filter, int most) {
    return run(connection -> views.jobs(connection, filter, most));
  }

  @Override
  public long count(JobFilter filter) {
    return run(connection -> views.count(connection, filter));
  }

  @Override
  public List<AttemptView> attempts(long id) {
    return run(connection -> views.attempts(connection, id));
  }

  @Override
  public List<QueueView> queues() {
    return run(views::queues);
  }

  @Override
  public List<WorkerView> workers() {
    return run(views::workers);
  }

  @Override
  public List<JobForm> unserved(Set<JobForm> served) {
    return run(connection -> views.unserved(connection, served));
  }

  // Schedules

  @Override
  public Optional<Instant> schedule(String id, String plan, Optional<Instant> next) {
    return transact(connection -> common.schedule(connection, id, plan, next));
  }

  @Override
  public Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job) {
    return transact(connection -> common.fire(connection, id, fireAt, next)
        ? Optional.of(enqueue(connection, List.of(job)).getFirst())
        : Optional.empty());
  }

  @Override
  public Subscription listen(Runnable hearer) {
    return listener.add(requireNonNull(hearer, "hearer"));
  }

  @Override
  public void close() {
    listener.close();
    heartbeats.close();
    pool.close();
  }
}
