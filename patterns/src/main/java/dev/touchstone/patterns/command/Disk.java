package dev.touchstone.patterns.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a journal does with the file system; tests put themselves in between. Interrupting the thread
 * ends none of it.
 */
interface Disk {

  /** Opens a file for reading and writing, created if it does not exist. */
  DiskFile open(Path file) throws IOException;

  /** Renames a file in one step, replacing what has the name. */
  void move(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;

  /** Makes creations, renamings and deletions in a directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** An open file. */
  interface DiskFile extends Closeable {

    /** Writes all bytes of a buffer, which has an array, at a position. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Reads bytes from a position on until the buffer, which has an array, is full or the file ends. */
    void read(ByteBuffer bytes, long position) throws IOException;

    /** Returns once what was written is durable. */
    void force() throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;
  }

  /** The file system of the machine. */
  static Disk real() {
    return new Disk() {
      @Override
      public DiskFile open(Path file) throws IOException {
        return new RealFile(new RandomAccessFile(file.toFile(), "rw"));
      }

      @Override
      public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }

      @Override
      public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
      }

      @Override
      public void forceDirectory(Path directory) throws IOException {
        boolean interrupted = Thread.interrupted();
        while (!tryForceDirectory(directory)) {
          interrupted |= Thread.interrupted();
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  /** Returns false if the thread was interrupted, which leaves open what was done. */
  private static boolean tryForceDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  /**
   * A file of the machine. Not a channel, because interrupting a thread that writes to a channel, or
   * is about to, closes it.
   *
   * @param file the open file
   */
  record RealFile(RandomAccessFile file) implements DiskFile {

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      file.seek(position);
      file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    }

    @Override
    public void read(ByteBuffer bytes, long position) throws IOException {
      file.seek(position);
      while (bytes.hasRemaining()) {
        int read =
            file.read(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        if (read < 0) {
          return;
        }
        bytes.position(bytes.position() + read);
      }
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
