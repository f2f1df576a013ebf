package dev.touchstone.examples.taskqueue.sqlite;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.sql.DatabaseStore;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A store in a file of SQLite.
 *
 * <p>Any number of processes of the machine may enqueue, look and operate; one of them may have
 * workers: the first that registers one takes a lock on {@code FILE.lock}, and with it the jobs that
 * ran in a process before, which must be dead. The file must be on a local disk.
 *
 * <p>All that this process writes goes through one thread, in transactions of what has come together.
 */
public final class SqliteStore extends DatabaseStore {

  private final InstantSource clock;
  private final Writer writer;
  private final Reader reader;
  private final Watcher watcher;
  private final WorkLock workLock;

  private SqliteStore(SqliteFile file, InstantSource clock) {
    super(new SqliteDialect(clock));
    this.clock = clock;
    writer = new Writer(file);
    try {
      reader = new Reader(file);
    } catch (StoreException e) {
      writer.close();
      throw e;
    }
    watcher = new Watcher(reader);
    workLock = new WorkLock(file.path());
  }

  /**
   * Opens the queue in a file, which is made if there is none, and flushes each commit to the disk.
   *
   * @throws StoreException if the file cannot be opened, or its schema not be brought up to date
   */
  public static SqliteStore open(Path file) {
    return open(file, Durability.SYNC);
  }

  /**
   * Opens the queue in a file, which is made if there is none.
   *
   * @throws StoreException if the file cannot be opened, or its schema not be brought up to date
   */
  public static SqliteStore open(Path file, Durability durability) {
    return open(file, durability, InstantSource.system());
  }

  /**
   * Opens the queue in a file by a clock of its own. Meant for tests.
   *
   * @throws StoreException if the file cannot be opened, or its schema not be brought up to date
   */
  public static SqliteStore open(Path file, Durability durability, InstantSource clock) {
    var opened = new SqliteFile(file, durability);
    opened.migrate();
    return new SqliteStore(opened, requireNonNull(clock, "clock"));
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** Changes made by the statements of SQLite. */
  @FunctionalInterface
  private interface Change<T> {

    T make(SqliteStatements statements) throws SQLException;
  }

  private <T> T write(Change<T> change) {
    return writer.write(cached -> change.make(statements(cached)));
  }

  private SqliteStatements statements(CachedStatements cached) {
    return new SqliteStatements(cached, jobs, clock.millis());
  }

  @Override
  protected <T> T read(Sql.Work<T> work) {
    return reader.read(work);
  }

  @Override
  protected <T> T change(Sql.Work<T> work) {
    return writer.write(cached -> work.apply(cached.connection()));
  }

  @Override
  protected <T> T changeAndTell(Sql.Work<T> work) {
    var result = change(work);
    watcher.tell();
    return result;
  }

  // Producers

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    var outcomes = write(statements -> statements.enqueue(jobs));
    watcher.tell();
    return outcomes;
  }

  @Override
  public List<Enqueued> enqueue(Connection connection, List<NewJob> jobs) throws SQLException {
    try (var cached = new CachedStatements(connection)) {
      return statements(cached).enqueue(jobs);
    }
  }

  @Override
  public Cancellation cancel(long id) {
    return write(statements -> statements.cancel(id));
  }

  // Workers

  @Override
  public long register(String name, Duration ttl) {
    workLock.acquire(() -> write(SqliteStatements::forgetWorkers));
    return write(statements -> statements.register(name, ttl));
  }

  @Override
  public Optional<List<Fence>> heartbeat(long worker, Duration ttl) {
    return write(statements -> statements.heartbeat(worker, ttl));
  }

  @Override
  public List<ClaimedJob> claim(ClaimRequest request) {
    return writer.write(cached -> {
      var statements = statements(cached);
      var claimed = new ArrayList<ClaimedJob>();
      if (statements.isAlive(request.worker())) {
        var limits = common.limits(cached.connection());
        request.forEachAsk((queue, priority, limit) -> {
          var taken = common.within(
              cached.connection(),
              queue,
              limits.getOrDefault(queue, QueueLimits.NONE),
              clock.instant(),
              limit,
              room -> statements.take(request, queue, priority, room));
          claimed.addAll(taken);
          return taken.size();
        });
      }
      return claimed;
    });
  }

  @Override
  public int takeBack(long worker, long after) {
    var lost = writer.write(cached -> {
      var fences = common.unanswered(cached.connection(), worker, after);
      new SqliteSettling(cached, clock.millis())
          .settle(fences.stream().map(Settlement.Again::unanswered).toList());
      return fences.size();
    });
    watcher.tell();
    return lost;
  }

  @Override
  public Set<Fence> settle(Collection<? extends Settlement> settlements) {
    return writer.write(cached -> new SqliteSettling(cached, clock.millis()).settle(settlements));
  }

  @Override
  public boolean complete(Connection connection, Fence fence, Duration ran) throws SQLException {
    try (var cached = new CachedStatements(connection)) {
      var done = List.of(new Settlement.Succeeded(fence, ran));
      return new SqliteSettling(cached, clock.millis()).settle(done).isEmpty();
    }
  }

  @Override
  public Upkeep maintain(int maxLostLeases) {
    return write(statements -> statements.maintain(maxLostLeases));
  }

  @Override
  public Optional<Duration> untilDue(Set<String> queues) {
    return reader.read(
        connection -> common.untilDue(connection, queues, unused -> clock.instant()));
  }

  // Operators

  @Override
  public List<Long> redrive(JobFilter filter, int most) {
    var redriven = write(statements -> statements.redrive(filter, most));
    watcher.tell();
    return redriven;
  }

  @Override
  public Vitals vitals() {
    var started = System.nanoTime();
    limits("default");
    var asked = System.nanoTime();
    write(SqliteStatements::touch);
    return new Vitals(
        Duration.ofNanos(asked - started),
        Optional.of(Duration.ofNanos(System.nanoTime() - asked)),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  @Override
  public Optional<Enqueued> fire(String id, Instant fireAt, Optional<Instant> next, NewJob job) {
    var outcome = writer.write(cached -> common.fire(cached.connection(), id, fireAt, next)
        ? Optional.of(statements(cached).enqueue(List.of(job)).getFirst())
        : Optional.<Enqueued>empty());
    watcher.tell();
    return outcome;
  }

  @Override
  public Subscription listen(Runnable listener) {
    return watcher.add(requireNonNull(listener, "listener"));
  }

  /** Closes the connection that writes after those that read: the last one moves the log into the file. */
  @Override
  public void close() {
    watcher.close();
    reader.close();
    writer.close();
    workLock.close();
  }
}
