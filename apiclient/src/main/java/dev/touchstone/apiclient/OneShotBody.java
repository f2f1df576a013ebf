package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** A body that can be read once. */
record OneShotBody(String contentType, Supplier<? extends InputStream> content)
    implements BodySource {

  @Override
  public boolean isReplayable() {
    return false;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    try (var in = content.get()) {
      in.transferTo(sink);
    }
  }

  @Override
  public String toString() {
    return "OneShotBody[" + contentType + "]";
  }
}
