package dev.touchstone.examples.scraper.fetch;

import dev.touchstone.concurrency.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Reads one body within {@link Limits}. */
final class BodyReader {

  /*
   * The time is looked at whenever bytes arrive. Where none do, the time limits of the client end the
   * wait: they hold to the last byte of a body.
   */

  private static final int CHUNK = 16 << 10;
  private static final long FREE_OF_RATIO = 1 << 20;
  private static final long FREE_OF_SPEED = Duration.ofSeconds(10).toNanos();

  private final Limits limits;
  private final TimeSource time;
  private final long startedAt;
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private long wire;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private boolean isCut;

  BodyReader(Limits limits, TimeSource time, long startedAt) {
    this.limits = limits;
    this.time = time;
    this.startedAt = startedAt;
  }

  /**
   * Reads the body to its end or to the limit that cuts it.
   *
   * @param encoding what {@code Content-Encoding} says; empty for none
   * @throws BodyException if the body breaks a limit that does not cut it, or is not encoded as it says
   */
  Body read(InputStream in, String encoding) throws IOException {
    var wireStart = new PushbackInputStream(new Wire(in, encoding));
    var first = wireStart.read();
    if (first < 0) { // whatever it is said to be encoded as: a redirect, say
      return Body.EMPTY;
    }
    wireStart.unread(first);
    var decoded = decoder(wireStart, encoding.strip().toLowerCase(Locale.ROOT));
    var chunk = new byte[CHUNK];
    try {
      for (int read = decoded.read(chunk); read >= 0; read = decoded.read(chunk)) {
        var room = (int) Math.min(read, limits.bodyBytes() - content.size());
        content.write(chunk, 0, room);
        checkRatio();
        if (room < read || content.size() == limits.bodyBytes()) {
          isCut = true;
          break;
        }
      }
    } catch (EOFException e) {
      if (!isCut) { // a compressed body ends early when the wire is cut
        throw e;
      }
    }
    var bytes = content.toByteArray();
    return new Body(bytes, encoding.isEmpty() ? bytes : encoded.toByteArray(), isCut);
  }

  private static InputStream decoder(InputStream in, String encoding) throws IOException {
    return switch (encoding) {
      case "", "identity" -> in;
      case "gzip", "x-gzip" -> new GZIPInputStream(in, CHUNK);
      case "deflate" -> new InflaterInputStream(in);
      default ->
        throw new BodyException(
            "its Content-Encoding is '" + encoding + "', which we did not ask for");
    };
  }

  private void checkRatio() throws BodyException {
    if (content.size() > FREE_OF_RATIO && content.size() / Math.max(1, wire) > limits.ratio()) {
      throw new BodyException("it is compressed more than %,d to 1, like a decompression bomb"
          .formatted(limits.ratio()));
    }
  }

  private void checkTime() throws BodyException {
    var nanos = time.nanoTime() - startedAt;
    if (nanos > limits.time().toNanos()) {
      throw new BodyException("it took longer than " + limits.time().toMillis() + " ms");
    }
    if (nanos > FREE_OF_SPEED && wire * 1e9 / nanos < limits.bytesPerSecond()) {
      throw new BodyException(
          "it came more slowly than %,d bytes a second".formatted(limits.bytesPerSecond()));
    }
  }

  /** Counts what comes from the network, and keeps it where that is not the content itself. */
  private final class Wire extends FilterInputStream {

    private final boolean isEncoded;

    Wire(InputStream in, String encoding) {
      super(in);
      isEncoded = !encoding.isEmpty();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var room = limits.wireBytes() - wire;
      if (room == 0) {
        isCut = true;
        return -1;
      }
      var read = super.read(target, offset, (int) Math.min(length, room));
      if (read > 0) {
        wire += read;
        if (isEncoded) {
          encoded.write(target, offset, read);
        }
      }
      checkTime();
      return read;
    }
  }
}
