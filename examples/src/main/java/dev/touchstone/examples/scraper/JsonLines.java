package dev.touchstone.examples.scraper;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON objects, one a line.
 *
 * <p>Confined to one thread.
 */
public final class JsonLines implements AutoCloseable {

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
  public static JsonLines create(Path path) throws IOException {
    return new JsonLines(Files.newBufferedWriter(path));
  }

  /**
   * Appends one object as a line.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void write(Object value) {
    try {
      file.write(JSON.writeValueAsString(value));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends the line that describes one visited address. */
  void write(Link link, Outcome outcome) {
    var line = new LinkedHashMap<String, Object>();
    line.put("url", link.uri());
    describe(outcome, line);
    line.put("depth", link.depth());
    link.from().ifPresent(from -> line.put("from", from));
    write(line);
  }

  private static void describe(Outcome outcome, Map<String, Object> line) {
    switch (outcome) {
      case Outcome.Page page -> {
        line.put("kind", "page");
        line.put("title", page.title());
        line.put("bytes", page.bytes());
        line.put("links", page.links().size());
        line.put("attempts", page.attempts());
      }
      case Outcome.Redirect redirect -> {
        line.put("kind", "redirect");
        line.put("status", redirect.status());
        line.put("to", redirect.target());
      }
      case Outcome.Other other -> {
        line.put("kind", "other");
        line.put("contentType", other.contentType());
      }
      case Outcome.Refused refused -> {
        line.put("kind", "refused");
        line.put("status", refused.status());
      }
      case Outcome.Failed failed -> {
        line.put("kind", "failed");
        line.put("reason", failed.reason());
      }
      case Outcome.Excluded excluded -> line.put("kind", "excluded");
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
