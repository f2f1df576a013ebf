package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection of heartbeats, opened when it is needed and again after a failure.
 *
 * <p>The lock is held during a statement: the workers of one process take turns.
 */
final class HeartbeatConnection implements AutoCloseable {

  private final Connections connections;
  private final ReentrantLock lock = new ReentrantLock();

  /** Both guarded by the lock. */
  private @Nullable Connection connection;

  private boolean isClosed;

  HeartbeatConnection(Connections connections) {
    this.connections = connections;
  }

  <T> T run(Sql.Work<T> work) {
    lock.lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the store is closed");
      }
      if (connection == null) {
        connection = connections.openImpatient();
      }
      return work.apply(connection);
    } catch (SQLException e) {
      closeQuietly(e);
      throw PostgresStore.failure(e);
    } finally {
      lock.unlock();
    }
  }

  private void closeQuietly(SQLException failure) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      if (connection != null) {
        connection.close();
        connection = null;
      }
    } catch (SQLException e) {
      throw PostgresStore.failure(e);
    } finally {
      lock.unlock();
    }
  }
}
