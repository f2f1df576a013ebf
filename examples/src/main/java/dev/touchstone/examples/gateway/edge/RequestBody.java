package dev.touchstone.examples.gateway.edge;

import dev.touchstone.examples.gateway.route.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: bounded, counted, and with a memory of what was wrong with it, however the
 * failure is wrapped on its way through a route. For one thread, {@link #isRead()} aside.
 */
final class RequestBody extends FilterInputStream {

  private long limit = Long.MAX_VALUE;
  private long count;
  private volatile boolean isRead;
  private @Nullable Problem problem;

  RequestBody(InputStream in, long length) {
    super(in);
    isRead = length == 0;
  }

  void limit(long bytes) {
    limit = bytes;
  }

  long count() {
    return count;
  }

  /** Returns whether the end has been read; for all threads. */
  boolean isRead() {
    return isRead;
  }

  /** Returns what the client did wrong; empty if nothing, or if it is gone. */
  Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException failure) {
      problem = problemOf(failure);
      throw failure;
    }
    if (read < 0) {
      isRead = true;
      return read;
    }
    count += read;
    if (count > limit) {
      problem = tooLong(limit);
      throw new IOException("the body is longer than " + limit + " bytes");
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    var buffer = new byte[(int) Math.min(8_192, Math.max(1, n))];
    return n <= 0 ? 0 : Math.max(0, read(buffer, 0, (int) Math.min(buffer.length, n)));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Does nothing: the server reads what is left, or closes the connection. */
  @Override
  public void close() {}

  static Problem tooLong(long limit) {
    return Problem.of(
        413,
        limit == 0
            ? "This route takes no body; send the request without one."
            : "The body must be at most " + limit + " bytes long; send less, or in parts.");
  }

  private static @Nullable Problem problemOf(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return Problem.of(408, "The body did not arrive in time; send it again, without pauses.");
      }
      if (cause instanceof HttpException malformed && malformed.getCode() == 400) {
        return Problem.of(
            400, "The body breaks the rules of its transfer coding: " + malformed.getReason());
      }
    }
    return null;
  }
}
