package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The connection of those who only read; they take turns. */
final class Reader implements AutoCloseable {

  private final SqliteFile file;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private @Nullable Connection connection;

  Reader(SqliteFile file) {
    this.file = file;
    connection = file.openForReading();
  }

  <T> T read(Sql.Work<T> work) {
    lock.lock();
    try {
      if (connection == null) {
        throw new IllegalStateException("the store is closed");
      }
      return work.apply(connection);
    } catch (SQLException e) {
      throw file.failure("read", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    } catch (SQLException e) {
      throw file.failure("close", e);
    } finally {
      lock.unlock();
    }
  }
}
