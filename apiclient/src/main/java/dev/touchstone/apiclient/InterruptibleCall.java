package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import okhttp3.Call;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link Thread#interrupt} reach a blocked OkHttp call.
 *
 * <p>A platform thread that reads from a socket does not notice an interruption. It does, however,
 * run {@link #implCloseChannel} of the channel that it is in, on the interrupting thread; this
 * channel cancels the call, which closes the socket and wakes the reader. No watching thread and no
 * second thread per call is needed.
 */
final class InterruptibleCall extends AbstractInterruptibleChannel {

  /** A step of a call that may block. */
  @FunctionalInterface
  interface Step<R> {

    /**
     * Runs the step.
     *
     * @throws InterruptedException never said by OkHttp's signatures, and thrown all the same, when
     *     the thread is interrupted while it connects
     */
    R run() throws IOException, InterruptedException;
  }

  private final Call call;

  InterruptibleCall(Call call) {
    this.call = call;
  }

  /** Returns the body of the request; null if it has none. */
  @Nullable
  RequestBody body() {
    return call.request().body();
  }

  /**
   * Runs a step that ends early with an {@link IOException} if this thread is interrupted. The
   * interrupt status stays set.
   */
  <R> R run(Step<R> step) throws IOException {
    var completed = false;
    begin();
    try {
      var result = step.run();
      completed = true;
      return result;
    } catch (InterruptedException interrupted) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
    } finally {
      endQuietly(completed);
    }
  }

  /**
   * Hears of interruptions again, on the thread and inside of the step that is being run. A thread
   * has one channel that hears of them: a file that a body is read from takes the place of this one,
   * and leaves none.
   */
  void listenAgain() {
    begin();
  }

  /* What end() throws only repeats the interrupt status, which the pipeline looks at anyway; the
   * result of a step that completed just before must still be closed by its owner. */
  private void endQuietly(boolean completed) {
    try {
      end(completed);
    } catch (AsynchronousCloseException interrupted) {
      call.cancel();
    }
  }

  @Override
  protected void implCloseChannel() {
    call.cancel();
  }
}
