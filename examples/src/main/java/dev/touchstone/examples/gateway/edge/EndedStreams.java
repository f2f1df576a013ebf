package dev.touchstone.examples.gateway.edge;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Ends a connection whose client sends data on a stream that it has ended itself. Jetty drops them, as
 * it must where the server has ended the stream and the client cannot know yet. For one thread, the one
 * that reads the connection.
 *
 * <p><b>Source:</b> RFC 9113 section 5.1, "closed".
 */
final class EndedStreams implements HTTP2Session.FrameListener {

  private static final int MOST_REMEMBERED = 32;

  private final HTTP2Session session;
  private final SequencedSet<Integer> ended = new LinkedHashSet<>();

  EndedStreams(HTTP2Session session) {
    this.session = session;
  }

  @Override
  public void onIncomingFrame(Session same, Frame frame) {
    switch (frame) {
      case DataFrame data -> received(data);
      case HeadersFrame headers when headers.isEndStream() -> remember(headers.getStreamId());
      case ResetFrame reset -> remember(reset.getStreamId());
      default -> {}
    }
  }

  private void received(DataFrame data) {
    var id = data.getStreamId();
    if (session.getStream(id) == null && ended.contains(id)) { // else Jetty knows what to do
      session.close(ErrorCode.STREAM_CLOSED_ERROR.code, "data_on_ended_stream", Callback.NOOP);
    } else if (data.isEndStream()) {
      remember(id);
    }
  }

  private void remember(int id) {
    ended.add(id);
    if (ended.size() > MOST_REMEMBERED) {
      ended.removeFirst();
    }
  }
}
