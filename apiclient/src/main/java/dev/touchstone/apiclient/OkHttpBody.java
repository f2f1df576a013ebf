package dev.touchstone.apiclient;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body as OkHttp wants it. Written by OkHttp's thread, asked by the pipeline's afterwards. */
final class OkHttpBody extends RequestBody {

  private final BodySource source;
  private volatile @Nullable InterruptibleCall wire;
  private volatile boolean asked;
  private volatile boolean sourceFailed;

  OkHttpBody(BodySource source) {
    this.source = source;
  }

  /** Tells which call sends this body, to be kept listening for interruptions. */
  void sentBy(InterruptibleCall call) {
    wire = call;
  }

  @Override
  public @Nullable MediaType contentType() {
    return MediaType.parse(source.contentType());
  }

  @Override
  public long contentLength() {
    return source.length();
  }

  @Override
  public boolean isOneShot() {
    return !source.isReplayable();
  }

  /** Returns whether the content was asked for, which uses up one that can be sent once. */
  boolean wasAsked() {
    return asked;
  }

  /** Returns whether the content could not be read, which says nothing about the connection. */
  boolean sourceFailed() {
    return sourceFailed;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    asked = true;
    var guarded = new Sink(sink.outputStream());
    try {
      source.writeTo(guarded);
    } catch (IOException failure) {
      sourceFailed = !guarded.failed;
      throw failure;
    } finally {
      listen();
    }
  }

  /* The source may have read from a channel, which takes interruptions for its own. */
  private void listen() {
    var call = wire;
    if (call != null) {
      call.listenAgain();
    }
  }

  /** Remembers whether it failed itself, and can be interrupted. */
  private final class Sink extends FilterOutputStream {

    private boolean failed;

    private Sink(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      listen();
      failed = true;
      out.write(bytes, offset, length);
      failed = false;
    }
  }
}
