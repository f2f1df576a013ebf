package dev.touchstone.examples.gateway.definition;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.touchstone.examples.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a gateway is asked for. Immutable.
 *
 * @param name what it is called
 * @param listen where it listens
 * @param admin where its health, figures and administration are, if anywhere
 * @param trust the networks of proxies that are believed whom they speak for
 * @param auth whom it knows
 * @param backends the backends by their names, in the order of the file
 * @param routes at least one
 * @param cacheBytes how much memory answers that are kept may take
 */
public record GatewayDefinition(
    String name,
    Listen listen,
    Optional<Listen> admin,
    List<String> trust,
    AuthDefinition auth,
    Map<String, BackendDefinition> backends,
    List<RouteDefinition> routes,
    long cacheBytes) {

  /** Copies the lists. */
  public GatewayDefinition {
    trust = List.copyOf(trust);
    routes = List.copyOf(routes);
  }

  /**
   * Reads a definition. Environment variables stand in it as <code>${NAME}</code>, the contents of a file
   * as <code>${file:NAME}</code>.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   * @throws IOException if the file cannot be read
   */
  public static GatewayDefinition read(Path file) throws IOException {
    var folder = requireNonNullElse(file.toAbsolutePath().getParent(), file);
    var references = new Surroundings(folder, System.getenv());
    return DefinitionReader.read(YamlFile.read(file, references::find), folder);
  }

  /**
   * Reads the text of a definition.
   *
   * @param name what messages call it
   * @param folder where the files are that it names
   * @param environment the environment variables
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   */
  public static GatewayDefinition parse(
      String name, String yaml, Path folder, Map<String, String> environment) {
    var references = new Surroundings(folder, environment);
    return DefinitionReader.read(YamlFile.parse(name, yaml, references::find), folder);
  }

  /** Opens the JSON Schema of definitions, for editors; to be closed by the caller. */
  public static InputStream schema() {
    return requireNonNull(
        GatewayDefinition.class.getResourceAsStream("gateway.schema.json"), "gateway.schema.json");
  }
}
