package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.taskqueue.SecondProcess.Effect;
import dev.touchstone.examples.taskqueue.postgres.PostgresCluster;
import dev.touchstone.examples.taskqueue.postgres.PostgresServer;
import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.Durability;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.SettableClock;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens to databases, disks and clocks, and what the queue makes of it. */
@Timeout(180)
@SuppressWarnings("try") // workers that only have to be there
class FaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final PostgresCluster cluster = new PostgresCluster();

  @TempDir
  private Path folder;

  /** How often the handler of each job was called. */
  private final Map<Long, Integer> starts = new ConcurrentHashMap<>();

  private QueueWorker.Builder worker(JobStore store) {
    return TaskQueue.open(store)
        .worker()
        .queue("default", 8)
        .lease(Duration.ofSeconds(2))
        .poll(Duration.ofMillis(200))
        .maxLostLeases(1_000) // it is the test that takes them
        .handle(Effect.class, (effect, context) -> {
          starts.merge(context.id(), 1, Integer::sum);
          return Outcome.done();
        });
  }

  private static void enqueue(JobStore store, int jobs) {
    TaskQueue.open(store)
        .enqueueAll(IntStream.range(0, jobs).mapToObj(Effect::new).toList(), job -> {});
  }

  private static void awaitEnd(JobStore store, int jobs) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions() // the database may be away
        .until(() -> store.count(JobFilter.in(Set.of(JobStatus.SUCCEEDED))) == jobs);
  }

  /** Checks the promise: each job started, and no more often than there are causes on record. */
  private void checkPromise(JobStore store, int jobs) {
    var all = store.jobs(JobFilter.all(), jobs + 1);
    assertThat(all).hasSize(jobs).extracting(JobView::status).containsOnly(JobStatus.SUCCEEDED);
    for (var job : all) {
      var causes = store.attempts(job.id());
      assertThat(starts.getOrDefault(job.id(), 0))
          .as("starts of job %d, causes %s", job.id(), causes)
          .isBetween(1, 1 + causes.size());
    }
  }

  /** Connections that break while the database commits. */
  @Nested
  class LostAnswers {

    @Test
    void leaveOneJobOfAProducerThatAsksAgain() throws Exception {
      try (var cutter = CommitCutter.open(cluster.newDatabase());
          var store = PostgresStore.open(cutter.address())) {
        var queue = TaskQueue.open(store);
        cutter.cutNext(1);

        assertThatThrownBy(() -> queue.enqueue(new Effect(1), job -> job.unique("order-1")))
            .isInstanceOf(StoreException.class);
        var again = queue.enqueue(new Effect(1), job -> job.unique("order-1"));

        assertThat(cutter.cut()).isEqualTo(1);
        assertThat(again).isEqualTo(new Enqueued.Duplicate("order-1"));
        assertThat(store.count(JobFilter.all())).isEqualTo(1);
      }
    }

    @Test
    void loseNoJobOfAWorker() throws Exception {
      var jobs = 400;
      var address = cluster.newDatabase();
      try (var cutter = CommitCutter.open(address);
          var store = PostgresStore.open(address);
          var cut = PostgresStore.open(cutter.address())) {
        try (var worker = worker(cut).start()) {
          cutter.cutNext(6);
          enqueue(store, jobs);
          awaitEnd(store, jobs);
        }

        assertThat(cutter.cut()).isEqualTo(6);
        checkPromise(store, jobs);
      }
    }
  }

  @Test
  void survivesACrashOfTheDatabase() throws Exception {
    var jobs = 600;
    try (var server = PostgresServer.start();
        var store = PostgresStore.open(server.create("crash", "template1"))) {
      enqueue(store, jobs);
      try (var worker = worker(store).start()) {
        for (int share = 1; share <= 2; share++) {
          var enough = share * jobs / 4;
          Awaitility.await().atMost(PATIENCE).until(() -> starts.size() > enough);
          server.crashAndRecover();
        }
        awaitEnd(store, jobs);
      }

      checkPromise(store, jobs);
    }
  }

  @Test
  void findsJobsThatWereAnnouncedWhileTheListenerWasCutOff() throws Exception {
    var address = cluster.newDatabase();
    try (var store = PostgresStore.open(address);
        var producer = PostgresStore.open(address); // tells the worker by the database only
        var worker = worker(store).poll(Duration.ofHours(1)).start();
        var connection = DriverManager.getConnection(address)) {
      enqueue(producer, 1);
      awaitEnd(store, 1);

      Awaitility.await().until(() -> terminate(connection, "listen %") == 1);
      enqueue(producer, 1);
      awaitEnd(store, 2);
      enqueue(producer, 1); // which the new connection hears of

      awaitEnd(store, 3);
      assertThat(worker.statistics().succeeded()).isEqualTo(3);
    }
  }

  private static int terminate(Connection connection, String query) throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and query like ?")) {
      statement.setString(1, query);
      int count = 0;
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          count++;
        }
      }
      return count;
    }
  }

  @Test
  void keepsItsLeaseWhenHandlersHoldAllConnections() throws Exception {
    var jobs = 8; // there are six connections
    var address = cluster.newDatabase();
    var waiting = new CountDownLatch(jobs);
    try (var store = PostgresStore.open(address);
        var blocker = DriverManager.getConnection(address)) {
      try (var worker = TaskQueue.open(store)
          .worker()
          .queue("default", jobs)
          .lease(Duration.ofSeconds(1))
          .handle(Effect.class, (effect, context) -> {
            waiting.countDown();
            return context.step("once", String.class, () -> "done").equals("done")
                ? Outcome.done()
                : Outcome.discard("another result");
          })
          .start()) {
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("lock table tq_step in exclusive mode");
        enqueue(store, jobs);
        waiting.await();
        var held = System.nanoTime();
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> System.nanoTime() - held > Duration.ofSeconds(4).toNanos());
        blocker.rollback();
        awaitEnd(store, jobs);
      }

      assertThat(store.jobs(JobFilter.all(), jobs))
          .allSatisfy(job -> assertThat(store.attempts(job.id())).isEmpty());
    }
  }

  @Test
  void losesNothingAcknowledgedOnAFullDisk() throws Exception {
    var file = folder.resolve("queue.db");
    SqliteStore.open(file).close();
    var log = folder.resolve("log");

    // less than what SQLite writes before it moves its log into the file, more than its native
    // library
    var process = SecondProcess.startWithLittleRoom(4_000, "producer", file.toString(), log);

    assertThat(SecondProcess.exit(process))
        .hasValueSatisfying(status -> assertThat(status).isNotZero());
    var output = Files.readString(SecondProcess.output(log));
    assertThat(output).contains("StoreException: cannot write " + file);
    var acknowledged = output
        .lines()
        .filter(line -> line.matches("stored \\d+"))
        .map(line -> Long.parseLong(line.substring(7)))
        .toList();
    assertThat(acknowledged).hasSizeGreaterThan(50);
    try (var store = SqliteStore.open(file)) {
      assertThat(store.jobs(JobFilter.all(), 1_000_000).stream()
              .map(JobView::id)
              .collect(Collectors.toSet()))
          .containsAll(acknowledged);
      enqueue(store, 1); // and there is room again
    }
  }

  @Test
  void letsNoSecondProcessWorkOffAFile() throws Exception {
    var file = folder.resolve("queue.db");
    var log = folder.resolve("log");
    try (var store = SqliteStore.open(file);
        var worker = worker(store).start()) {
      try (var guest = SqliteStore.open(file)) { // which must not give the lock away by its close
        assertThatThrownBy(() -> guest.register("second", Duration.ofSeconds(15)))
            .isInstanceOf(StoreException.class);
      }
      var second = SecondProcess.start("worker", file.toString(), log, "-");

      assertThat(SecondProcess.exit(second)).contains(1);
      assertThat(Files.readString(SecondProcess.output(log)))
          .contains("another process works off this queue (it holds " + file + ".lock)");
      enqueue(store, 1);
      awaitEnd(store, 1);
      assertThat(worker.statistics().succeeded()).isEqualTo(1);
    }
  }

  @Test
  void goesOnWhenTheClockJumps() throws Exception {
    var clock = new SettableClock();
    var jobs = 200;
    try (var store = SqliteStore.open(folder.resolve("queue.db"), Durability.PROCESS, clock)) {
      enqueue(store, jobs);
      try (var worker = worker(store).start()) {
        for (var jump : new Duration[] {
          Duration.ofHours(1), Duration.ofDays(-1), Duration.ofDays(2), Duration.ofHours(-1)
        }) {
          var before = starts.size();
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> starts.size() > before || starts.size() == jobs);
          clock.pass(jump);
          enqueue(store, 10); // due by the clock as it is now
        }
        clock.pass(Duration.ofDays(1)); // what was stored while it was ahead is due as well
        awaitEnd(store, jobs + 40);
      }

      checkPromise(store, jobs + 40);
      assertThat(store.jobs(JobFilter.all(), jobs + 40).stream()
              .flatMap(job -> store.attempts(job.id()).stream())
              .map(AttemptView::end)
              .collect(Collectors.toSet()))
          .isSubsetOf(AttemptEnd.LEASE_LOST, AttemptEnd.RETURNED);
    }
  }
}
