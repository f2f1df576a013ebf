package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.concurrency.sync.CommitterClosedException;
import dev.touchstone.concurrency.sync.GroupCommitter;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The one thread of the process that writes the file: what has come together meanwhile is written in
 * one transaction, and acknowledged when that is on the disk.
 */
final class Writer implements AutoCloseable {

  /*
   * One writer is a rule and no optimisation: several connections that write wait for each other by
   * polling, and some run out of patience. And SQLite's driver pins the carrier of a virtual thread,
   * so the thread is a platform thread.
   */

  private static final int MOST = 1_000;

  private final SqliteFile file;
  private final Connection connection;
  private final CachedStatements statements;
  private final GroupCommitter<Change<?>, Object> committer;

  /** A part of a transaction. */
  @FunctionalInterface
  interface Change<T> {

    /** Makes it; what it throws takes back the whole transaction. */
    T make(CachedStatements statements) throws SQLException;
  }

  Writer(SqliteFile file) {
    this.file = file;
    connection = file.openForWriting();
    statements = new CachedStatements(connection);
    committer = GroupCommitter.<Change<?>, Object>builder(this::commit)
        .name("queue-writer")
        .maxBatch(MOST)
        .capacity(MOST)
        .threadFactory(Thread.ofPlatform().name("queue-writer").factory())
        .open();
  }

  private List<Object> commit(List<Change<?>> changes) throws SQLException {
    connection.setAutoCommit(false); // begins
    try {
      var results = new ArrayList<Object>();
      for (var change : changes) {
        results.add(change.make(statements));
      }
      connection.setAutoCommit(true); // commits; commit() would begin the next one at once
      return results;
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(Exception failure) {
    try (var statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
      if (!connection.getAutoCommit()) { // the driver's rollback() would begin the next one as well
        statement.execute("BEGIN");
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Makes a change, and waits until it is on the disk. Does not react to interruptions. */
  @SuppressWarnings("unchecked") // the result is that of the change
  <T> T write(Change<T> change) {
    try {
      return (T) submit(change).join();
    } catch (CommitterClosedException e) {
      throw new IllegalStateException("the store is closed", e);
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case SQLException failure -> file.failure("write", failure);
        case CommitterClosedException closed -> new IllegalStateException("the store is closed", e);
        case null, default -> new StoreException("cannot write " + file.path(), e);
      };
    }
  }

  private CompletableFuture<Object> submit(Change<?> change) {
    var interrupted = false;
    try {
      while (true) {
        try {
          return committer.submit(change);
        } catch (InterruptedException e) {
          interrupted = true; // nothing was handed over, so once more
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    committer.close();
    try {
      statements.close();
      connection.close();
    } catch (SQLException e) {
      throw file.failure("close", e);
    }
  }
}
