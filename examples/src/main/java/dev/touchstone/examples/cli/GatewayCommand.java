package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The gateway; only holds its commands. */
@Command(
    name = "gateway",
    description = {
      "One endpoint in front of several APIs, as a YAML file describes it, such as",
      "  backends: {users: {url: \"http://localhost:9001/users\"}}",
      "  routes: {\"GET /users/{id}\": {calls: {user: {get: \"users/{id}\", keep: [id, name]}}}}",
      "docs/gateway.md explains every key."
    },
    subcommands = {
      GatewayRunCommand.class,
      GatewayMockCommand.class,
      GatewayCheckCommand.class,
      GatewayRoutesCommand.class,
      GatewayExplainCommand.class,
      GatewayPlanCommand.class,
      GatewayOpenApiCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.USAGE;
  }
}
