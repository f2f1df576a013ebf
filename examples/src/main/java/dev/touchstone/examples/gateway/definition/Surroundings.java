package dev.touchstone.examples.gateway.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the references of a definition stand for.
 *
 * @param folder where the files are
 * @param environment the environment variables
 */
record Surroundings(Path folder, Map<String, String> environment) {

  private static final String FILE = "file:";

  /** Returns the variable, or the text of the file without white space around it; empty without one. */
  Optional<String> find(String name) {
    return name.startsWith(FILE)
        ? text(folder.resolve(name.substring(FILE.length())))
        : Optional.ofNullable(environment.get(name));
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty(); // the message says that there is none
    }
  }
}
