package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.lock.ProcessLock;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right of a process to work off the jobs of a file, which ends with the process however that ends.
 *
 * <p>So whoever takes it on knows that nobody works any more, and that running jobs are orphans.
 */
final class WorkLock implements AutoCloseable {

  private final Path file;

  private final ReentrantLock guard = new ReentrantLock();

  /** Guarded by the guard. */
  private @Nullable ProcessLock held;

  /** Creates the lock of a file, which must exist when the lock is taken. */
  WorkLock(Path file) {
    this.file = file;
  }

  /**
   * Takes the lock, unless this store has it.
   *
   * @param takeOver what to do with what the owner before has left; if that fails, the lock is given
   *     back
   * @throws StoreException if another process has it, or another store of this one
   */
  void acquire(Runnable takeOver) {
    guard.lock();
    try {
      if (held == null) {
        held = take();
        try {
          takeOver.run();
        } catch (RuntimeException e) {
          close();
          throw e;
        }
      }
    } finally {
      guard.unlock();
    }
  }

  /** Whatever the file is called here, its lock has one name. */
  private ProcessLock take() {
    try {
      var real = file.toRealPath();
      var path = real.resolveSibling(real.getFileName() + ".lock");
      return ProcessLock.take(path)
          .orElseThrow(() -> new StoreException("another process works off this queue (it holds "
              + path + "): stop it first, or use PostgreSQL for several workers"));
    } catch (IOException e) {
      throw new StoreException("cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    guard.lock();
    try {
      if (held != null) {
        held.close();
        held = null;
      }
    } catch (IOException e) {
      throw new StoreException("cannot unlock " + file + ": " + e.getMessage(), e);
    } finally {
      guard.unlock();
    }
  }
}
