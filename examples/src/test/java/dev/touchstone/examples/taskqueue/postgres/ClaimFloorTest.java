package dev.touchstone.examples.taskqueue.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims while somebody holds a snapshot that is older than they are. */
@Timeout(120)
class ClaimFloorTest {

  private static final int BATCH = 50;
  private static final Ask ASK = new Ask("default", Priority.NORMAL, BATCH);
  private static final Set<JobForm> MAIL = Set.of(new JobForm("mail", 1));

  @RegisterExtension
  static final PostgresCluster cluster = new PostgresCluster();

  private PostgresStore store;
  private Connection connection;
  private Connection holder;
  private long worker;

  @BeforeEach
  void open() throws Exception {
    var url = cluster.newDatabase();
    store = PostgresStore.open(url);
    connection = DriverManager.getConnection(url);
    holder = DriverManager.getConnection(url);
    worker = store.register("worker", Duration.ofMinutes(15));
  }

  @AfterEach
  void close() throws Exception {
    holder.close();
    connection.close();
    store.close();
  }

  private void hold() throws Exception {
    holder.setAutoCommit(false);
    holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    holder.createStatement().executeQuery("select count(*) from tq_job").close();
  }

  private void enqueue(int jobs) {
    store.enqueue(Collections.nCopies(jobs, NewJob.builder("mail", 1, "{}").build()));
  }

  /** Claims and settles a batch; returns how many jobs there were. */
  private int turn() {
    var jobs = store.claim(new ClaimRequest(worker, MAIL, List.of(ASK), BATCH));
    store.settle(jobs.stream()
        .map(job -> new Settlement.Succeeded(job.fence(), Duration.ZERO))
        .toList());
    return jobs.size();
  }

  /** Returns how many entries of the index a claim reads that begins there. It is taken back. */
  private long entriesReadByAClaim(@Nullable OffsetDateTime floor) throws Exception {
    connection.setAutoCommit(false);
    try (var claim = connection.prepareStatement("""
        select count(*) from tq_claim(?, array['mail/1'], array['default'], array[1::smallint],
          array[?::timestamptz], array[1], 1)""")) {
      claim.setLong(1, worker);
      claim.setObject(2, floor);
      var before = entriesRead();
      claim.executeQuery().close();
      return entriesRead() - before;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private long entriesRead() throws Exception {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(
            "select pg_stat_get_xact_tuples_returned('tq_ready'::regclass)")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void isSeenByTheAgeOfTheOldestSnapshot() throws Exception {
    hold();
    for (int i = 0; i < 120; i++) {
      enqueue(1);
    }

    assertThat(ClaimFloor.oldestSnapshot(connection)).isGreaterThan(100);
    holder.rollback();
    Awaitility.await()
        .untilAsserted(() -> assertThat(ClaimFloor.oldestSnapshot(connection)).isLessThan(100));
  }

  @Test
  void beginsAtTheLatestJobOfTheBandAndNowAndThenAtTheFirst() throws Exception {
    hold();
    var now = new AtomicLong();
    var floor = new ClaimFloor(now::get);
    for (int i = 0; i < 120; i++) {
      enqueue(1);
    }
    assertThat(floor.look(connection).from(ASK)).isEmpty(); // nothing was claimed yet
    var request = new ClaimRequest(worker, MAIL, List.of(ASK), BATCH);
    var jobs = store.claim(request);
    floor.look(connection).found(request, jobs);
    var begin = jobs.getLast().dueAt().minusMillis(500).atOffset(ZoneOffset.UTC);

    assertThat(floor.look(connection).from(ASK)).contains(begin);
    assertThat(floor.look(connection).from(new Ask("default", Priority.HIGH, 1)))
        .isEmpty();
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    var sweep = floor.look(connection);
    assertThat(sweep.from(ASK)).isEmpty();
    sweep.found(request, List.of());
    assertThat(floor.look(connection).from(ASK)).contains(begin);

    holder.rollback();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(floor.look(connection).from(ASK)).isEmpty();
  }

  @Test
  void sparesClaimsTheEntriesOfWhatWasClaimedBefore() throws Exception {
    hold();
    for (int i = 0; i < 60; i++) {
      enqueue(BATCH);
      assertThat(turn()).isEqualTo(BATCH);
    }
    var latest = store.now().atOffset(ZoneOffset.UTC);
    enqueue(1);

    assertThat(entriesReadByAClaim(null)).isGreaterThan(60 * BATCH);
    assertThat(entriesReadByAClaim(latest)).isBetween(1L, (long) BATCH);
  }

  @Test
  void leavesNoJobBehindThatIsDueBeforeIt() throws Exception {
    hold();
    for (int i = 0; i < 120; i++) {
      enqueue(1);
      turn();
    }
    try (var statement = connection.createStatement()) {
      enqueue(1);
      statement.execute("update tq_job set run_at = run_at - interval '1 hour' where state = 1");
    }

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> turn() == 1);
  }
}
