package dev.touchstone.patterns.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What a journal does with the file system; tests put themselves in between. */
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

    /** Writes all bytes of the buffer at a position. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Reads bytes from a position on until the buffer is full or the file ends. */
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
        return new ChannelFile(FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
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
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    };
  }

  /**
   * A file of the machine.
   *
   * @param channel the open file
   */
  record ChannelFile(FileChannel channel) implements DiskFile {

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    @Override
    public void read(ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        int read = channel.read(bytes, at);
        if (read < 0) {
          return;
        }
        at += read;
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
