package dev.touchstone.examples.taskqueue.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.StoreException;
import dev.touchstone.examples.taskqueue.store.TransactionalStoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // workers and subscriptions that only have to be there
class PostgresStoreTest extends TransactionalStoreContract {

  @RegisterExtension
  static final PostgresCluster cluster = new PostgresCluster();

  private static String url;

  @BeforeAll
  static void makeDatabase() throws SQLException {
    url = cluster.newDatabase();
  }

  /** Empties the tables of the class's database, which takes less time than a new one. */
  @Override
  protected JobStore open() throws Exception {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "truncate tq_job, tq_done, tq_dead, tq_attempt, tq_step, tq_worker, tq_queue,"
              + " tq_schedule, tq_fired, tq_stat");
    }
    return PostgresStore.open(url);
  }

  @Override
  protected JobStore openAgain() {
    return PostgresStore.open(url);
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** The clock is the database's own: what it has written down moves into the past instead. */
  @Override
  protected void pass(Duration time) throws Exception {
    var back = " - interval '" + time.toMillis() + " milliseconds'";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("update tq_worker set lease_until = lease_until" + back);
      statement.execute(
          "update tq_job set run_at = run_at" + back + ", expires_at = expires_at" + back);
      statement.execute("update tq_done set finished_at = finished_at" + back);
      statement.execute("update tq_dead set finished_at = finished_at" + back);
      statement.execute("update tq_queue set filled_at = filled_at" + back);
    }
  }

  @Test
  void livesBesideTheTablesOfAnApplication() throws Exception {
    var shared = cluster.newEmptyDatabase();
    try (var connection = DriverManager.getConnection(shared);
        var statement = connection.createStatement()) {
      statement.execute("create table customer (id int)");
    }

    try (var queue = PostgresStore.open(shared)) {
      queue.enqueue(List.of(mail().build()));
      assertThat(queue.count(JobFilter.all())).isEqualTo(1);
    }
  }

  @Test
  void claimsPastRowsThatSomebodyHolds() throws Exception {
    var held = add(mail());
    var free = add(mail());
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("select * from tq_job where id = " + held + " for update");

      assertThat(claim(worker()))
          .extracting(ClaimedJob::fence)
          .extracting("id")
          .containsExactly(free);
      connection.rollback();
    }
  }

  @Test
  void countsWhatAnotherClaimOfALimitedQueueIsTaking() throws Exception {
    store.limit("default", new QueueLimits(false, OptionalInt.of(1), Optional.empty()));
    var taken = add(mail());
    add(mail());
    var worker = worker();
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false); // as the other claim does it
      statement.executeQuery("select * from tq_queue where name = 'default' for update");
      statement.execute("update tq_job set state = 2, worker_id = " + worker + ", token = 0"
          + " where id = " + taken);

      var claim = CompletableFuture.supplyAsync(() -> claim(worker));
      Awaitility.await().until(() -> claim.isDone() || waitsForALock());
      connection.commit();

      assertThat(claim.get()).isEmpty();
    }
  }

  private static boolean waitsForALock() throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'")) {
      return rows.next();
    }
  }

  @Test
  void wakesItsOwnWorkersOnceForWhatItEnqueues() throws Exception {
    var calls = new AtomicInteger();
    try (var subscription = store.listen(calls::incrementAndGet);
        var other = openAgain()) {
      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(0)); // it listens now
      var before = calls.get();

      store.enqueue(List.of(mail().build()));
      assertThat(calls).hasValue(before + 1);
      other.enqueue(List.of(mail().build())); // its message comes after that of the first

      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(before + 1));
      assertThat(calls).hasValue(before + 2);
    }
  }

  @Test
  void findsTheClaimByItsIndex() throws Exception {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off");
      var plan = new StringBuilder();
      try (var rows = statement.executeQuery("""
          explain select id from tq_job where state = 1 and queue = 'a' and band = 1
            and run_at <= statement_timestamp() order by run_at, id limit 5
            for update skip locked""")) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }

      assertThat(plan.toString())
          .contains("Index Scan using tq_ready", "run_at <= statement_timestamp()")
          .doesNotContain("Sort");
    }
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    assertThatThrownBy(() -> PostgresStore.open("postgres://localhost/app"))
        .hasMessage("the address of a PostgreSQL database must look like"
            + " jdbc:postgresql://localhost/app?user=app, was 'postgres://localhost/app'");
    assertThatThrownBy(
            () -> PostgresStore.open("jdbc:postgresql://127.0.0.1:1/app?user=a&password=secret"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot reach the database at jdbc:postgresql://127.0.0.1:1/app: ")
        .hasMessageNotContaining("secret");
  }
}
