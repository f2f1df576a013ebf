package dev.touchstone.examples.taskqueue.sqlite;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.sync.CommitterClosedException;
import dev.touchstone.concurrency.sync.GroupCommitter;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int MOST = 1_000;

  private final SqliteFile file;
  private final Connection connection;
  private final CachedStatements statements;
  private final GroupCommitter<Change<?>, Object> committer;

  /** A part of a transaction. */
  @FunctionalInterface
  interface Change<T> {

    /**
     * Makes it. What it throws takes it back; it may be called again, if one that came before or after
     * it in the transaction fails.
     */
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

  /** What has become of a change that could not be made. */
  private record Failure(Exception cause) {}

  /* Those that only happened to come together with a change that fails are made without it. */
  private List<Object> commit(List<Change<?>> changes) throws SQLException {
    var results = new Object[changes.size()];
    while (!isWritten(changes, results)) {
      log.debug("A change of {} has failed; the others are made again", results.length);
    }
    return Arrays.asList(results);
  }

  /**
   * Makes all changes that have not failed, in one transaction.
   *
   * @return false if one of them fails, which is noted in its place; nothing was changed then
   */
  private boolean isWritten(List<Change<?>> changes, Object[] results) throws SQLException {
    try {
      connection.setAutoCommit(false); // begins
      for (int i = 0; i < results.length; i++) {
        if (!(results[i] instanceof Failure)) {
          results[i] = make(changes.get(i));
          if (results[i] instanceof Failure failure) {
            rollback(failure.cause());
            return false;
          }
        }
      }
      connection.setAutoCommit(true); // commits; commit() would begin the next one at once
      return true;
    } catch (SQLException e) {
      rollback(e);
      throw e;
    }
  }

  private Object make(Change<?> change) {
    try {
      return change.make(statements);
    } catch (SQLException | RuntimeException e) {
      return new Failure(e);
    }
  }

  private void rollback(Exception failure) {
    try (var statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) { // it could not even begin, or SQLite has rolled back by itself
      failure.addSuppressed(e);
    }
    try (var statement = connection.createStatement()) {
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
      var result = submit(change).join();
      if (result instanceof Failure failure) {
        throw failure(failure.cause());
      }
      return (T) result;
    } catch (CommitterClosedException e) {
      throw new IllegalStateException("the store is closed", e);
    } catch (CompletionException e) {
      throw failure(requireNonNull(e.getCause()));
    }
  }

  private RuntimeException failure(Throwable cause) {
    return switch (cause) {
      case SQLException refused -> file.failure("write", refused);
      case CommitterClosedException closed ->
        new IllegalStateException("the store is closed", closed);
      default -> new StoreException("cannot write " + file.path() + ": " + cause, cause);
    };
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
