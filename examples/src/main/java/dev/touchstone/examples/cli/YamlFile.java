package dev.touchstone.examples.cli;

import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of YAML that a command was given. */
final class YamlFile {

  /** What is done with a file. */
  @FunctionalInterface
  interface Use<R> {

    /** Does it. */
    R apply(Path file) throws IOException;
  }

  private YamlFile() {}

  /**
   * Uses a file.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static <R> R use(Path file, Use<R> use) {
    try {
      return use.apply(file);
    } catch (YamlException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
