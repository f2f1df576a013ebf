package dev.touchstone.examples.lock;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to something that one user of the machine may have at a time: a lock of the operating system
 * on a file, which ends with the process at the latest.
 *
 * <p>Safe for use by several threads.
 */
public final class ProcessLock implements Closeable {

  /*
   * The system takes all locks on a file away from a process that closes any descriptor of it, also
   * that of somebody who could not get the lock. So a file that is locked by this process must not be
   * opened here once more.
   *
   * Source: fcntl(2), on advisory record locks.
   */
  private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock on a file, which is made if there is none. Does not wait.
   *
   * @param file in a folder that exists; what leads to the same folder is the same lock
   * @return empty if another process has it, or somebody else in this one
   * @throws IOException if the file cannot be locked
   */
  public static Optional<ProcessLock> take(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    var path = folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    if (!LOCKED_HERE.add(path)) {
      return Optional.empty();
    }
    var lock = open(path);
    try {
      if (lock.channel.tryLock() != null) {
        return Optional.of(lock);
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    lock.close();
    return Optional.empty();
  }

  private static ProcessLock open(Path path) throws IOException {
    try {
      return new ProcessLock(
          path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException | RuntimeException e) {
      LOCKED_HERE.remove(path);
      throw e;
    }
  }

  /** Gives the lock back. Doing so again does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        LOCKED_HERE.remove(file);
      }
    }
  }
}
