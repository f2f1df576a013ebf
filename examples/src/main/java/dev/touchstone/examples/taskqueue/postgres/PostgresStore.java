package dev.touchstone.examples.taskqueue.postgres;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.touchstone.concurrency.waiting.Interruptions;
import dev.touchstone.examples.taskqueue.sql.DatabaseStore;
import dev.touchstone.examples.taskqueue.sql.Migrations;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.Settlement;
import dev.touchstone.examples.taskqueue.store.StoreException;
import dev.touchstone.examples.taskqueue.store.Upkeep;
import dev.touchstone.examples.taskqueue.store.Vitals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
public final class PostgresStore extends DatabaseStore {

  private static final int POOL = 6;
  private static final int MOST_TRIES = 5;

  private final HikariDataSource pool;
  private final PostgresStatements statements = new PostgresStatements(jobs);
  private final Claims claims = new Claims();
  private final HeartbeatConnection heartbeats;
  private final Listener listener;

  private PostgresStore(HikariDataSource pool, Connections connections) {
    super(PostgresDialect.INSTANCE);
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

  @Override
  protected <T> T read(Sql.Work<T> work) {
    return alone(work);
  }

  /** Works with a connection that commits each statement by itself, which saves asking for it. */
  private <T> T alone(Sql.Work<T> work) {
    return retrying(() -> {
      try (var connection = pool.getConnection()) {
        return work.apply(connection);
      }
    });
  }

  @Override
  protected <T> T change(Sql.Work<T> work) {
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

  @Override
  protected <T> T changeAndTell(Sql.Work<T> work) {
    return change(connection -> {
      var result = work.apply(connection);
      statements.announce(connection);
      return result;
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
    return read(statements::now);
  }

  // Producers

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    try {
      return alone(connection -> statements.enqueue(connection, jobs, listener.self()));
    } finally {
      listener.tell(); // also after a failure: it may have been the answer that was lost
    }
  }

  @Override
  public List<Enqueued> enqueue(Connection connection, List<NewJob> jobs) throws SQLException {
    return statements.enqueue(connection, jobs, Listener.ALL);
  }

  @Override
  public Cancellation cancel(long id) {
    return change(connection -> statements.cancel(connection, id));
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
  public List<ClaimedJob> claim(ClaimRequest request) {
    return alone(connection -> claims.takeUnlessLimited(connection, request))
        .orElseGet(() -> change(connection -> takeWithinLimits(connection, request)));
  }

  private List<ClaimedJob> takeWithinLimits(Connection connection, ClaimRequest request)
      throws SQLException {
    var claimed = new ArrayList<ClaimedJob>();
    request.forEachAsk((queue, priority, limit) -> {
      statements.lockQueue(connection, queue);
      var taken = common.within(
          connection,
          queue,
          common.limits(connection).getOrDefault(queue, QueueLimits.NONE),
          statements.now(connection),
          limit,
          room -> claims.take(connection, request.only(new Ask(queue, priority, room))));
      claimed.addAll(taken);
      return taken.size();
    });
    return claimed;
  }

  @Override
  public int takeBack(long worker, long after) {
    return changeAndTell(connection -> {
      var lost = common.unanswered(connection, worker, after);
      new PostgresSettling(connection)
          .settle(lost.stream().map(Settlement.Again::unanswered).toList());
      return lost.size();
    });
  }

  @Override
  public Set<Fence> settle(Collection<? extends Settlement> settlements) {
    if (settlements.isEmpty()) {
      return Set.of();
    }
    Sql.Work<Set<Fence>> work = connection -> new PostgresSettling(connection).settle(settlements);
    return PostgresSettling.isOneStatement(settlements) ? alone(work) : change(work);
  }

  @Override
  public boolean complete(Connection connection, Fence fence, Duration ran) throws SQLException {
    var done = List.of(new Settlement.Succeeded(fence, ran));
    return new PostgresSettling(connection).settle(done).isEmpty();
  }

  @Override
  public Upkeep maintain(int maxLostLeases) {
    return change(connection -> statements.maintain(connection, maxLostLeases));
  }

  @Override
  public Optional<Duration> untilDue(Set<String> queues) {
    return read(connection -> common.untilDue(connection, queues, statements::now));
  }

  // Operators

  @Override
  public List<Long> redrive(JobFilter filter, int most) {
    return changeAndTell(connection -> statements.redrive(connection, filter, most));
  }

  /** The flush is that of a message in the log that nobody reads: a commit of nothing is not flushed. */
  @Override
  public Vitals vitals() {
    var started = System.nanoTime();
    now();
    var asked = System.nanoTime();
    change(statements::logMessage);
    var flushed = System.nanoTime();
    return read(connection -> statements.vitals(
        connection, Duration.ofNanos(asked - started), Duration.ofNanos(flushed - asked)));
  }

  @Override
  public Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job) {
    return change(connection -> common.fire(connection, id, fireAt, next)
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
