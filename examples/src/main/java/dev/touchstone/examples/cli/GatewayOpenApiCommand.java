package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.openapi.OpenApi;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Describes the routes of a definition for clients. */
@Command(
    name = "openapi",
    description = "Prints the routes of FILE as OpenAPI 3.1, in JSON.",
    mixinStandardHelpOptions = true)
final class GatewayOpenApiCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The definition, such as gateway.yaml.")
  private Path file;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where clients find the gateway (default: where it listens).")
  private @Nullable String server;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var plan = GatewayFile.read(file);
    var url = server == null ? "http://" + plan.definition().listen() : server;
    spec.commandLine()
        .getOut()
        .println(JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(OpenApi.describe(plan, url)));
    return ExitStatus.OK;
  }
}
