package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.JobStore.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of new jobs by a connection and a thread of its own, as long as somebody listens.
 *
 * <p>What was announced while the connection was down is not heard: everybody is woken when it is up
 * again, and workers poll anyway.
 */
final class Listener implements AutoCloseable {

  static final String CHANNEL = "tq_work";

  /** The message that is for everybody. */
  static final String ALL = "";

  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int PATIENCE_MILLIS = 500;
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  /** Who we are, in messages of new jobs: we have told our own listeners by then. */
  private final String self = UUID.randomUUID().toString();

  private final Connections connections;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private @Nullable Thread thread;

  private volatile boolean isClosed;

  Listener(Connections connections) {
    this.connections = connections;
  }

  Subscription add(Runnable listener) {
    listeners.add(listener);
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("queue-listener").start(this::listen);
      }
    } finally {
      lock.unlock();
    }
    return () -> listeners.remove(listener);
  }

  /** Returns the message with which to announce what {@link #tell} follows. */
  String self() {
    return self;
  }

  /** Tells all listeners of this process. */
  void tell() {
    listeners.forEach(Runnable::run);
  }

  private void listen() {
    while (!isClosed) {
      try (var connection = connections.open()) {
        hear(connection);
      } catch (SQLException e) {
        if (!isClosed) {
          log.warn("Cannot listen for new jobs, workers poll for them: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void hear(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
    tell();
    var source = connection.unwrap(PGConnection.class);
    while (!isClosed) {
      var heard = source.getNotifications(PATIENCE_MILLIS);
      if (heard != null && Arrays.stream(heard).anyMatch(this::isFromOthers)) {
        tell();
      }
    }
  }

  private boolean isFromOthers(PGNotification message) {
    return !message.getParameter().equals(self);
  }

  private void pause() {
    try {
      TimeSource.system().sleep(BEFORE_NEXT_TRY);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    Thread listening;
    lock.lock();
    try {
      listening = thread;
    } finally {
      lock.unlock();
    }
    if (listening != null) {
      listening.interrupt();
      try {
        listening.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
