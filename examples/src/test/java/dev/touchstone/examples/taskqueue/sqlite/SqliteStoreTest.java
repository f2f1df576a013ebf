package dev.touchstone.examples.taskqueue.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import dev.touchstone.examples.taskqueue.store.SettableClock;
import dev.touchstone.examples.taskqueue.store.StoreException;
import dev.touchstone.examples.taskqueue.store.TransactionalStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // workers and subscriptions that only have to be there
class SqliteStoreTest extends TransactionalStoreContract {

  @TempDir
  private Path folder;

  private final SettableClock clock = new SettableClock();

  private Path file() {
    return folder.resolve("queue.db");
  }

  @Override
  protected JobStore open() {
    return SqliteStore.open(file(), Durability.PROCESS, clock);
  }

  @Override
  protected JobStore openAgain() {
    return open();
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }

  @Test
  void keepsJobsOverAReopening() {
    var id = add(mail());
    store.close();

    store = open();

    assertThat(store.jobs(JobFilter.all(), 10))
        .singleElement()
        .satisfies(job -> assertThat(job.id()).isEqualTo(id));
  }

  @Test
  void takesTheJobsOfADeadProcessAtOnce() {
    var id = add(mail());
    claim(worker());
    store.close(); // as a kill does, it leaves the worker and its job behind

    store = open();
    assertThat(store.count(JobFilter.in(Set.of(JobStatus.RUNNING)))).isEqualTo(1);
    var worker = worker();

    assertThat(store.maintain(3).requeued()).isEqualTo(1);
    assertThat(claim(worker))
        .singleElement()
        .satisfies(job -> assertThat(job.fence().id()).isEqualTo(id));
  }

  @Test
  void numbersTokensOnAfterAReopening() {
    add(mail());
    var before = claim(worker()).getFirst().fence().token();
    store.close();

    store = open();
    var worker = worker();
    store.maintain(3);

    assertThat(claim(worker).getFirst().fence().token()).isGreaterThan(before);
  }

  @Test
  void leavesItsFileAloneWhenItIsClosed() {
    add(mail());
    assertThat(store.count(JobFilter.all())).isEqualTo(1); // by the connection that only reads
    store.close();

    assertThat(folder).isDirectoryNotContaining("glob:**-{wal,shm}");
    store = open();
  }

  @Test
  void letsOthersEnqueueButNotWork() {
    worker();
    try (var guest = SqliteStore.open(file(), Durability.PROCESS, clock)) {
      guest.enqueue(List.of(mail().build()));

      assertThat(store.count(JobFilter.all())).isEqualTo(1);
      assertThatThrownBy(() -> guest.register("second", Duration.ofSeconds(15)))
          .isInstanceOf(StoreException.class)
          .hasMessage("another process works off this queue (it holds " + file()
              + ".lock): stop it first, or use PostgreSQL for several workers");
    }
  }

  @Test
  void keepsToARateThoughItsFileKnowsMillisecondsOnly() {
    var rate = new Rate(100, 1);
    store.limit("default", new QueueLimits(false, OptionalInt.empty(), Optional.of(rate)));
    store.enqueue(Collections.nCopies(200, mail().build()));
    var worker = store.register("patient", Duration.ofHours(1));

    var claimed = 0;
    for (int i = 0; i < 1_000; i++) {
      claimed += claim(worker).size();
      clock.pass(Duration.ofNanos(999_999));
    }

    assertThat(claimed).isBetween(90, 101);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    var text =
        Files.writeString(folder.resolve("text"), "this is no database, but it is long enough");

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .hasMessage("cannot open " + folder + ": it is a folder, and a file is needed");
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("none").resolve("queue.db")))
        .hasMessage("cannot open " + folder.resolve("none").resolve("queue.db")
            + ": its folder does not exist");
    assertThatThrownBy(() -> SqliteStore.open(text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("file is not a database");
  }
}
