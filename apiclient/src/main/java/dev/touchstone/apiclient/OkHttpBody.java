package dev.touchstone.apiclient;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body as OkHttp wants it. */
final class OkHttpBody extends RequestBody {

  private final BodySource source;

  OkHttpBody(BodySource source) {
    this.source = source;
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

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    source.writeTo(sink.outputStream());
  }
}
