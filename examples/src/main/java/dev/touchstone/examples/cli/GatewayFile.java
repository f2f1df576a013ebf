package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The definition of a gateway in a file. */
final class GatewayFile {

  /** What is done with a file. */
  @FunctionalInterface
  interface Use<R> {

    /** Does it. */
    R apply(Path file) throws IOException;
  }

  private GatewayFile() {}

  /**
   * Reads a definition and works out its plan.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static GatewayPlan read(Path file) {
    return use(file, GatewayFile::plan);
  }

  /** Reads a definition and works out its plan, for those who handle what may be wrong themselves. */
  static GatewayPlan plan(Path file) throws IOException {
    return GatewayPlan.of(GatewayDefinition.read(file), UserPlugins.filters());
  }

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
