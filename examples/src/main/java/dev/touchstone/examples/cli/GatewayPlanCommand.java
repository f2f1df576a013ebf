package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.plan.PlanChanges;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what another definition would change. */
@Command(
    name = "plan",
    description = {
      "Tells what is different in NEW: + is new, - is gone, ~ is changed. Nothing is printed if",
      "nothing is; the status is 0 either way."
    },
    mixinStandardHelpOptions = true)
final class GatewayPlanCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "OLD", description = "The definition that is served.")
  private Path old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The one that is to be.")
  private Path next;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PlanChanges.between(GatewayFile.read(old), GatewayFile.read(next))
        .forEach(spec.commandLine().getOut()::println);
    return ExitStatus.OK;
  }
}
