package dev.touchstone.examples.taskqueue.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.taskqueue.sqlite.Writer.Change;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of changes that fail, and of those around them. */
@Timeout(60)
class WriterTest {

  @TempDir
  private Path folder;

  private Path file;
  private Writer writer;

  @BeforeEach
  void open() {
    file = folder.resolve("queue.db");
    writer = new Writer(new SqliteFile(file, Durability.PROCESS));
    writer.write(statements -> statements.update("CREATE TABLE word (text TEXT NOT NULL)"));
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private static Change<Integer> add(String word) {
    return statements -> statements.update("INSERT INTO word VALUES (?)", word);
  }

  /** Fails when it has already changed something. */
  private static Change<Integer> addAndFail(String word) {
    return statements -> {
      statements.update("INSERT INTO word VALUES (?)", word);
      return statements.update("INSERT INTO word VALUES (NULL)");
    };
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private List<String> words() throws SQLException {
    var words = new ArrayList<String>();
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT text FROM word ORDER BY rowid")) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    }
    return words;
  }

  @Test
  void takesBackWhatAChangeHasDoneBeforeItFailed() throws Exception {
    assertThatThrownBy(() -> writer.write(addAndFail("lost")))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot write " + file + ": ")
        .hasMessageContaining("NOT NULL constraint failed: word.text");
    writer.write(add("kept"));

    assertThat(words()).containsExactly("kept");
  }

  @Test
  void makesTheChangesThatCameTogetherWithOneThatFails() throws Exception {
    var isBusy = new CountDownLatch(1);
    var busy = inAThread(statements -> {
      awaitUninterruptibly(isBusy);
      return 0;
    });
    var tasks =
        List.of(inAThread(add("before")), inAThread(addAndFail("lost")), inAThread(add("after")));
    isBusy.countDown();

    busy.get();
    assertThat(tasks.getFirst().get()).isEqualTo(1);
    assertThatThrownBy(() -> tasks.get(1).get()).hasCauseInstanceOf(StoreException.class);
    assertThat(tasks.getLast().get()).isEqualTo(1);
    assertThat(words()).containsExactly("before", "after");
  }

  /** Hands a change over, and returns when it has been handed over. */
  private FutureTask<Integer> inAThread(Change<Integer> change) {
    var task = new FutureTask<>(() -> writer.write(change));
    var thread = Thread.ofPlatform().start(task);
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING || task.isDone());
    return task;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void makesTransactionsAgainAfterOneThatCouldNotBegin() throws Exception {
    writer.write(
        statements -> { // or it would wait for ten seconds
          try (var statement = statements.connection().createStatement()) {
            return statement.execute("PRAGMA busy_timeout = 1");
          }
        });
    try (var other = connect();
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> writer.write(add("refused")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("database is locked");
      statement.execute("ROLLBACK");
    }

    assertThatThrownBy(() -> writer.write(addAndFail("lost"))).isInstanceOf(StoreException.class);
    writer.write(add("kept"));

    assertThat(words()).containsExactly("kept");
  }
}
