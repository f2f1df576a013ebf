package dev.touchstone.examples.gateway.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The body of an answer on its way to the client: a write returns when the connection has taken the
 * bytes, so whoever writes is no faster than who reads. For one thread.
 */
final class AnswerStream extends OutputStream {

  /** What becomes of the bytes. */
  enum Kind {
    /** They are sent. */
    BODY,
    /** Only the head is: HEAD was asked, or the status has no body. */
    HEAD_ONLY
  }

  private final Response response;
  private final Kind kind;
  private final long length; // -1 if it is not known
  private long count;
  private boolean isOver;

  AnswerStream(Response response, Kind kind, long length) {
    this.response = response;
    this.kind = kind;
    this.length = length;
  }

  /** Returns how many bytes were sent. */
  long count() {
    return count;
  }

  /** Returns whether the last byte was sent. */
  boolean isOver() {
    return isOver;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int size) throws IOException {
    Objects.checkFromIndexSize(offset, size, bytes.length);
    if (kind == Kind.HEAD_ONLY || size == 0) {
      return;
    }
    if (isOver || (length >= 0 && count + size > length)) {
      throw new IOException("more bytes than the Content-Length of the answer, " + length);
    }
    var isLast = count + size == length; // then there is no need of another write for the end
    Content.Sink.write(response, isLast, ByteBuffer.wrap(bytes, offset, size));
    count += size;
    isOver = isLast;
  }

  /** Sends the head, if nothing was sent before. */
  @Override
  public void flush() throws IOException {
    if (count == 0 && !isOver) {
      Content.Sink.write(response, false, BufferUtil.EMPTY_BUFFER);
    }
  }

  /**
   * Ends the answer.
   *
   * @throws IOException if it is shorter than its {@code Content-Length} says
   */
  @Override
  public void close() throws IOException {
    if (isOver) {
      return;
    }
    if (kind == Kind.BODY && count < length) {
      throw new IOException("the answer ended after " + count + " of " + length + " bytes");
    }
    Content.Sink.write(response, true, BufferUtil.EMPTY_BUFFER);
    isOver = true;
  }
}
