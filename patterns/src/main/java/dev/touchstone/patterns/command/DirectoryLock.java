package dev.touchstone.patterns.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right of one journal to a directory, against others in this process and in other ones. */
final class DirectoryLock implements Closeable {

  /*
   * A file lock belongs to the process, and the system takes it away when the process closes any
   * channel on that file, also one that could not get the lock. A second attempt in this process
   * must therefore be refused before it opens the file, and what the process has locked must be
   * known to all of it: this is the one static field of the library that changes.
   *
   * Source: fcntl(2) on advisory record locks; NativeFSLockFactory of Lucene has the same set.
   */

  private static final Set<Object> held = ConcurrentHashMap.newKeySet();

  private final Object key;
  private final FileChannel channel;

  private DirectoryLock(Object key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock of a directory that exists.
   *
   * @throws JournalException if another has it
   */
  static DirectoryLock take(Path directory) throws IOException {
    var key = keyOf(directory);
    if (!held.add(key)) {
      throw inUse(directory, null);
    }
    try {
      return new DirectoryLock(key, lockedFile(directory));
    } catch (Throwable e) {
      held.remove(key);
      throw e;
    }
  }

  /** Returns what is the same for all names that the directory has. */
  private static Object keyOf(Path directory) throws IOException {
    var key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    return key == null ? directory.toRealPath() : key;
  }

  private static FileChannel lockedFile(Path directory) throws IOException {
    var channel = FileChannel.open(
        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) { // held until the channel is closed
        throw inUse(directory, null);
      }
      return channel;
    } catch (OverlappingFileLockException e) { // another copy of this class has it
      channel.close();
      throw inUse(directory, e);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static JournalException inUse(Path directory, @Nullable Throwable cause) {
    return new JournalException(
        "the journal in " + directory + " is in use; close it there, or use another directory",
        cause);
  }

  /** Gives the directory back. Doing so again does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        held.remove(key);
      }
    }
  }
}
