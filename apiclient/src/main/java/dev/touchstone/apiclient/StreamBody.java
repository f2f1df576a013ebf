package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body that opens a new stream for each attempt. */
record StreamBody(String contentType, Opener content) implements BodySource {

  /** Opens the content. */
  @FunctionalInterface
  interface Opener {

    /** Returns a new stream at the start of the content. */
    InputStream open() throws IOException;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    try (var in = content.open()) {
      in.transferTo(sink);
    }
  }

  @Override
  public String toString() {
    return "StreamBody[" + contentType + "]";
  }
}
