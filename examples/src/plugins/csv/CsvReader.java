package dev.touchstone.plugins.csv;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records of comma-separated values, one after the other. Not for several threads. */
public final class CsvReader implements Closeable {

  private static final int END = -1;

  /** What spreadsheets write before everything else; it says nothing in UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final BufferedReader in;
  private final char separator;
  private long line = 1;

  private CsvReader(BufferedReader in, char separator) {
    this.in = in;
    this.separator = separator;
  }

  /**
   * Opens a file in UTF-8.
   *
   * @throws IOException if that is not possible
   */
  public static CsvReader open(Path file, char separator) throws IOException {
    var in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      in.mark(1);
      if (in.read() != BYTE_ORDER_MARK) {
        in.reset();
      }
      return new CsvReader(in, separator);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Returns the number of the line that is read next, from 1. */
  public long line() {
    return line;
  }

  /**
   * Returns the next record; empty at the end. Lines without anything are left out.
   *
   * @throws IOException if the file cannot be read, or ends within quotes
   */
  public Optional<List<String>> next() throws IOException {
    var first = in.read();
    while (first == '\n' || first == '\r') {
      if (first == '\n') {
        line++;
      }
      first = in.read();
    }
    return first == END ? Optional.empty() : Optional.of(record(first));
  }

  private List<String> record(int first) throws IOException {
    var values = new ArrayList<String>();
    var value = new StringBuilder();
    var character = first;
    while (true) {
      if (character == '"' && value.isEmpty()) {
        character = quoted(value);
      } else if (character == END || character == '\n') {
        values.add(value.toString());
        line++;
        return values;
      } else if (character == separator) {
        values.add(value.toString());
        value.setLength(0);
        character = in.read();
      } else {
        if (character != '\r') {
          value.append((char) character);
        }
        character = in.read();
      }
    }
  }

  /** Reads up to the closing quote, and returns the character behind it. */
  private int quoted(StringBuilder value) throws IOException {
    var begin = line;
    while (true) {
      var character = in.read();
      if (character == END) {
        throw new IOException("the quotes that are opened in line " + begin + " are never closed");
      }
      if (character == '"') {
        var behind = in.read();
        if (behind != '"') {
          return behind;
        }
      }
      if (character == '\n') {
        line++;
      }
      value.append((char) character);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
