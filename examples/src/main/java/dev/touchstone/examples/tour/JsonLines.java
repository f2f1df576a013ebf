package dev.touchstone.examples.tour;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON objects, one a line.
 *
 * <p>Confined to one thread.
 */
final class JsonLines implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final BufferedWriter file;

  private JsonLines(BufferedWriter file) {
    this.file = file;
  }

  /**
   * Creates the file, or empties it if it exists.
   *
   * @throws IOException if that is not possible
   */
  static JsonLines create(Path path) throws IOException {
    return new JsonLines(Files.newBufferedWriter(path));
  }

  /**
   * Appends one object as a line.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  void write(Object value) {
    try {
      file.write(JSON.writeValueAsString(value));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what is buffered and closes the file.
   *
   * @throws UncheckedIOException if the last lines cannot be written
   */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
