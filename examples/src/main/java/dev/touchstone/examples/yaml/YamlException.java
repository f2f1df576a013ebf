package dev.touchstone.examples.yaml;

/**
 * Thrown when a configuration file is not as it must be. The message is one line for the one who wrote
 * the file: where, what was expected, what was found.
 */
public final class YamlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  YamlException(String file, int line, int column, String problem) {
    super("%s:%d:%d: %s".formatted(file, line, column, problem));
    this.line = line;
    this.column = column;
  }

  /** Returns the line, from 1. */
  public int line() {
    return line;
  }

  /** Returns the column, from 1. */
  public int column() {
    return column;
  }
}
