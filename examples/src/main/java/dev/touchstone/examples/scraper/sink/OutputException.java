package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when an output file cannot be written. */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Path file;

  OutputException(Path file, IOException cause) {
    super("cannot write " + file + ": " + cause.getMessage(), cause);
    this.file = requireNonNull(file, "file");
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns what went wrong with it. */
  public IOException failure() {
    return (IOException) requireNonNull(getCause());
  }
}
