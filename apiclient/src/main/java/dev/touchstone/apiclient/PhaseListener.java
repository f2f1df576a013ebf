package dev.touchstone.apiclient;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Call;
import okhttp3.EventListener;

/** Remembers how far a call got. Written by OkHttp's thread, read by the pipeline's. */
final class PhaseListener extends EventListener {

  /*
   * HTTP/2 can tell that a request was not processed although it was sent: RFC 9113 section 8.7
   * names REFUSED_STREAM, and streams above the last id of a GOAWAY, which OkHttp reports in the
   * same way. A connection that was shut down before the stream was opened never sent it at all.
   * OkHttp does not export the types of these exceptions, hence the names. It throws the second one
   * in place of writing the first frame of a stream, and nowhere else in a call.
   *
   * A server that has begun to answer has processed the request, whatever it says afterwards. The
   * RFC forbids it to say REFUSED_STREAM then; who does is not believed.
   */
  private static final String NEVER_OPENED = "ConnectionShutdownException";
  private static final String REFUSED = "stream was reset: REFUSED_STREAM";

  private volatile boolean headersStarted;
  private volatile boolean bodyStarted;
  private volatile boolean bodyEnded;
  private volatile boolean answerStarted;

  @Override
  public void requestHeadersStart(Call call) {
    headersStarted = true;
    bodyStarted = false;
    bodyEnded = false;
    answerStarted = false;
  }

  @Override
  public void requestBodyStart(Call call) {
    bodyStarted = true;
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    bodyEnded = true;
  }

  @Override
  public void responseHeadersStart(Call call) {
    answerStarted = true;
  }

  Delivery delivery(IOException failure) {
    if (!headersStarted || (!answerStarted && neverProcessed(failure))) {
      return Delivery.NOT_SENT;
    }
    return Delivery.UNKNOWN;
  }

  /** Returns whether the request's own body broke the rules of the protocol. */
  boolean bodyIsAtFault(IOException failure) {
    return bodyStarted && !bodyEnded && !answerStarted && failure instanceof ProtocolException;
  }

  private static boolean neverProcessed(IOException failure) {
    return failure.getClass().getSimpleName().equals(NEVER_OPENED)
        || REFUSED.equals(failure.getMessage());
  }
}
