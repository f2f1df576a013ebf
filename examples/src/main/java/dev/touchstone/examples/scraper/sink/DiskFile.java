package dev.touchstone.examples.scraper.sink;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on the disk. */
final class DiskFile implements AppendFile {

  /*
   * A RandomAccessFile, not a FileChannel: an interruption closes a channel that is being written, and
   * Ctrl-C interrupts the thread that commits, which then still has to write what it has.
   */

  private static final int BUFFER = 64 << 10;

  private final RandomAccessFile file;
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;
  private long length;

  private DiskFile(RandomAccessFile file, long length) {
    this.file = file;
    this.length = length;
  }

  static DiskFile open(Path path, long length) throws IOException {
    var isNew = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    if (isNew && length == 0) {
      Files.createFile(path); // fails with a better reason than RandomAccessFile does
      forceFolder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          Files.isDirectory(path) ? "it is a folder" : "it is not a regular file");
    }
    var actual = Files.size(path);
    if (actual < length) {
      throw new IOException(
          "the crawl has written %,d bytes to it, and it has %,d: it was changed since; put it back, or start the crawl anew"
              .formatted(length, actual));
    }
    var file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.setLength(length);
      file.seek(length);
      return new DiskFile(file, length);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /* The name of a new file is on the disk when its folder is. There is no other way than a channel. */
  private static void forceFolder(Path path) throws IOException {
    var folder = path.toAbsolutePath().getParent();
    var isInterrupted = Thread.interrupted();
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    if (bytes.length > BUFFER - buffered) {
      flush();
    }
    if (bytes.length > BUFFER) {
      file.write(bytes);
    } else {
      System.arraycopy(bytes, 0, buffer, buffered, bytes.length);
      buffered += bytes.length;
    }
    length += bytes.length;
  }

  private void flush() throws IOException {
    file.write(buffer, 0, buffered);
    buffered = 0;
  }

  @Override
  public void force() throws IOException {
    flush();
    file.getFD().sync();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
