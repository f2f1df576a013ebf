package dev.touchstone.apiclient.json;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

/**
 * Turns values into JSON and JSON into values.
 *
 * <p>Implementations must be safe for use by several threads. What they throw may be an {@link
 * IOException} or unchecked; the client treats both as a failure to write or to read, unless the
 * stream itself failed.
 */
public interface JsonCodec {

  /**
   * Returns a value as JSON in UTF-8.
   *
   * @throws IOException if the value has no JSON form
   */
  byte[] write(Object value) throws IOException;

  /**
   * Reads one JSON value.
   *
   * @param in the JSON, in UTF-8; may be closed by this method
   * @param type a class or a parameterized type
   * @return a value of that type, never null
   * @throws IOException if the stream fails, or holds no JSON value of that type
   */
  Object read(InputStream in, Type type) throws IOException;

  /** Returns the codec with Jackson 3 in its default configuration: unknown members are ignored. */
  static JsonCodec standard() {
    return JacksonCodec.STANDARD;
  }
}
