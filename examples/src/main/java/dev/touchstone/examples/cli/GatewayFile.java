package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import java.io.IOException;
import java.nio.file.Path;

/** The definition of a gateway in a file. */
final class GatewayFile {

  private GatewayFile() {}

  /**
   * Reads a definition and works out its plan.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static GatewayPlan read(Path file) {
    return YamlFile.use(file, GatewayFile::plan);
  }

  /** Reads a definition and works out its plan, for those who handle what may be wrong themselves. */
  static GatewayPlan plan(Path file) throws IOException {
    return GatewayPlan.of(GatewayDefinition.read(file), UserPlugins.filters());
  }
}
