package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.sql.Sql;
import dev.touchstone.examples.taskqueue.store.JobStore.Subscription;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of what this process writes, at once, and of what others write, five times a
 * second.
 *
 * <p><b>Source:</b> SQLite's page on {@code PRAGMA data_version}: it changes with the commits of other
 * connections, and asking for it reads nothing but a header.
 */
final class Watcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final Reader reader;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private @Nullable Thread thread;

  Watcher(Reader reader) {
    this.reader = reader;
  }

  void tell() {
    listeners.forEach(Runnable::run);
  }

  Subscription add(Runnable listener) {
    listeners.add(listener);
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("queue-watcher").start(this::watch);
      }
    } finally {
      lock.unlock();
    }
    return () -> listeners.remove(listener);
  }

  private void watch() {
    long last = -1;
    try {
      while (true) {
        var version = version(last);
        if (version != last) {
          last = version;
          tell();
        }
        TimeSource.system().sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private long version(long last) {
    try {
      return reader.read(connection ->
          Sql.first(connection, "pragma data_version", row -> row.getLong(1)).orElse(last));
    } catch (StoreException e) {
      log.warn("Cannot look for new jobs, workers poll for them: {}", e.getMessage());
      return last;
    }
  }

  @Override
  public void close() {
    Thread watching;
    lock.lock();
    try {
      watching = thread;
    } finally {
      lock.unlock();
    }
    if (watching != null) {
      watching.interrupt();
      try {
        watching.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
