package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.sql.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the schema. */
@Command(
    name = "schema",
    description = {
      "Prints the statements that make the tables, for those who keep their migrations themselves.",
      "The queue makes and migrates its tables itself when it is opened."
    },
    mixinStandardHelpOptions = true)
final class QueueSchemaCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DATABASE", description = "One of ${COMPLETION-CANDIDATES}.")
  private Migrations database;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(database.print());
    spec.commandLine().getOut().flush();
    return ExitStatus.OK;
  }
}
