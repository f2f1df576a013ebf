package dev.touchstone.examples.pluginapp.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file that a {@link RowWriter} appends to, as that must: what it appends is there or not, and
 * its length is a bookmark. Not for several threads.
 */
public final class TextOutput implements Closeable {

  private final FileChannel channel;
  private long length;

  private TextOutput(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  /**
   * Opens a file, and cuts off what is behind a length. Folders that are missing are made.
   *
   * @param length 0 to begin anew
   * @throws IOException if it cannot be opened, or is shorter than that
   */
  public static TextOutput open(Path file, long length) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.size() < length) {
        throw new IOException(
            "%s had %,d bytes when it was left and has %,d now; run the recipe anew"
                .formatted(file, length, channel.size()));
      }
      channel.truncate(length).position(length);
      return new TextOutput(channel, length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends a text.
   *
   * @throws IOException if it cannot be written; then nothing of it is there
   */
  public void append(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      length += bytes.limit();
    } catch (IOException e) {
      channel.truncate(length).position(length);
      throw e;
    }
  }

  /** Returns the length of the file in bytes. */
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
