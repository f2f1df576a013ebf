package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.OutputStream;

/** A body of bytes in memory, which nobody changes. */
final class BytesBody implements BodySource {

  private final String contentType;
  private final byte[] content;

  BytesBody(String contentType, byte[] content) {
    this.contentType = contentType;
    this.content = content;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public long length() {
    return content.length;
  }

  byte[] copy() {
    return content.clone();
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    sink.write(content);
  }

  @Override
  public String toString() {
    return "BytesBody[" + contentType + ", " + content.length + " bytes]";
  }
}
