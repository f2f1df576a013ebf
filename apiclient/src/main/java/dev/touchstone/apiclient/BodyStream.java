package dev.touchstone.apiclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer: bounded, interruptible, and with a memory of its failure, so that a
 * decoder's complaint about half a document is not taken for the server's fault. For one thread.
 */
final class BodyStream extends FilterInputStream {

  private final InterruptibleCall call;
  private final long limit;
  private long count;
  private @Nullable IOException failure;

  BodyStream(InputStream in, InterruptibleCall call, long limit) {
    super(in);
    this.call = call;
    this.limit = limit;
  }

  /** Returns what the connection failed with; null if it did not. */
  @Nullable
  IOException failure() {
    return failure;
  }

  /** Returns whether reading ended because there are more bytes than allowed. */
  boolean isTooLong() {
    return count > limit;
  }

  /** Returns whether not a byte was read. */
  boolean isEmpty() {
    return count == 0;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int read;
    try {
      read = call.run(() -> in.read(buffer, offset, length));
    } catch (IOException lost) {
      failure = lost;
      throw lost;
    }
    count += Math.max(read, 0);
    if (count > limit) {
      throw new IOException("more than " + limit + " bytes");
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    var buffer = new byte[(int) Math.min(8192, Math.max(1, n))];
    return n <= 0 ? 0 : Math.max(0, read(buffer, 0, (int) Math.min(buffer.length, n)));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Does nothing: the pipeline closes the answer, whatever a decoder thinks it owns. */
  @Override
  public void close() {}

  /** Reads what is left, so that a cut body is noticed and the connection can be used again. */
  void drain() throws IOException {
    // Nearly always there is nothing left, and finding that out should cost nothing.
    if (read() < 0) {
      return;
    }
    var buffer = new byte[8192];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Nothing to do with it.
    }
  }
}
