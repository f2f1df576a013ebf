package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;
import java.nio.file.Path;

/** An extension point: where rows come from. */
public interface Source extends Part {

  /**
   * Opens it for a run, at the bookmark if there is one.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if the options are not as they must be
   * @throws IOException if it cannot be opened; the message says what to do
   */
  RowReader open(Assignment assignment) throws IOException;

  /**
   * Returns whether this is the one to read a file, by its name or its first bytes. The file exists.
   * False by default.
   */
  default boolean reads(Path file) throws IOException {
    return false;
  }
}
