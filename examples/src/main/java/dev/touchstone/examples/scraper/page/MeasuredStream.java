package dev.touchstone.examples.scraper.page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read, and ends after a given number of them. */
public final class MeasuredStream extends FilterInputStream {

  private final long limit;
  private long count;

  /** Creates a stream that ends after {@code limit} bytes, if the given one does not before. */
  public MeasuredStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  /** Returns how many bytes were read. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    if (count == limit) {
      return -1;
    }
    var next = super.read();
    count += next < 0 ? 0 : 1;
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length > 0 && count == limit) {
      return -1;
    }
    var read = super.read(target, offset, (int) Math.min(length, limit - count));
    count += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    var skipped = super.skip(Math.min(bytes, limit - count));
    count += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
