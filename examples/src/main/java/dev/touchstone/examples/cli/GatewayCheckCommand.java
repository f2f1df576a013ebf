package dev.touchstone.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether a definition can be served. */
@Command(
    name = "check",
    description =
        "Reads FILE, works out the plans of its routes, and says what is wrong and where.",
    mixinStandardHelpOptions = true)
final class GatewayCheckCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The definition.")
  private @Nullable Path file;

  @Option(
      names = "--schema",
      description = "Print the JSON Schema of definitions instead, for editors.")
  private boolean schema;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    if (schema) {
      out.print(schema());
      return ExitStatus.OK;
    }
    var given = file;
    if (given == null) {
      throw new ParameterException(spec.commandLine(), "name a FILE to check, or --schema");
    }
    var plan = GatewayFile.read(given);
    out.printf(
        "%s is fine: %d backends, %d routes%n",
        given, plan.definition().backends().size(), plan.routes().size());
    return ExitStatus.OK;
  }

  private static String schema() {
    try (var in = GatewayDefinition.schema()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
