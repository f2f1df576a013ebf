package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, read anew for each attempt and never as a whole. */
record FileBody(String contentType, Path file) implements BodySource {

  /* A file that cannot be looked at has no length; the attempt to read it will say why. */
  @Override
  public long length() {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      return -1;
    }
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    Files.copy(file, sink);
  }

  @Override
  public String toString() {
    return "FileBody[" + contentType + "]";
  }
}
