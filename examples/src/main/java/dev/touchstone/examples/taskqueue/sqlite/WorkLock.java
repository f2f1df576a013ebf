package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right of a process to work off the jobs of a file: a lock of the operating system, which ends
 * with the process however that ends.
 *
 * <p>So whoever takes it on knows that nobody works any more, and that running jobs are orphans.
 */
final class WorkLock implements AutoCloseable {

  private final Path path;

  private final ReentrantLock guard = new ReentrantLock();

  /** Guarded by the guard. */
  private @Nullable FileChannel channel;

  WorkLock(Path file) {
    path = file.resolveSibling(file.getFileName() + ".lock");
  }

  /**
   * Takes the lock, unless this store has it.
   *
   * @throws StoreException if another process has it
   */
  void acquire() {
    guard.lock();
    try {
      if (channel == null) {
        channel = open();
      }
    } finally {
      guard.unlock();
    }
  }

  private FileChannel open() {
    try {
      var opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(opened) == null) {
        opened.close();
        throw new StoreException("another process works off this queue (it holds " + path
            + "): stop it first, or use PostgreSQL for several workers");
      }
      return opened;
    } catch (IOException e) {
      throw new StoreException("cannot lock " + path + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel opened) throws IOException {
    try {
      return opened.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    guard.lock();
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException e) {
      throw new StoreException("cannot unlock " + path + ": " + e.getMessage(), e);
    } finally {
      guard.unlock();
    }
  }
}
