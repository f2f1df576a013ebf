package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The task queue; only holds its commands. */
@Command(
    name = "queue",
    description = {
      "A durable queue of jobs in a file or in PostgreSQL.",
      "Jobs of the kind program.run run programs; see 'touchstone queue enqueue --help'."
    },
    subcommands = {
      QueueEnqueueCommand.class,
      QueueWorkCommand.class,
      QueueJobsCommand.class,
      QueueCancelCommand.class,
      QueueDeadCommand.class,
      QueueQueuesCommand.class,
      QueuePurgeCommand.class,
      QueueTopCommand.class,
      QueueDashboardCommand.class,
      QueueDoctorCommand.class,
      QueueCronCommand.class,
      QueueSchemaCommand.class,
      QueueBenchCommand.class,
      QueueTortureCommand.class,
      QueueTortureWorkerCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class QueueCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.USAGE;
  }
}
