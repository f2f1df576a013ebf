package dev.touchstone.examples.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels jobs. */
@Command(
    name = "cancel",
    description = "Cancels jobs; the worker of one that runs learns of it within seconds.",
    mixinStandardHelpOptions = true)
final class QueueCancelCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Parameters(arity = "1..*", paramLabel = "JOB", description = "The numbers of the jobs.")
  private List<Long> ids;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      var status = ExitStatus.OK;
      for (var id : ids) {
        switch (opened.cancel(id)) {
          case CANCELLED -> spec.commandLine().getOut().println("job " + id + " is cancelled");
          case REQUESTED ->
            spec.commandLine().getOut().println("job " + id + " runs, and was asked to stop");
          case NOT_FOUND -> {
            spec.commandLine()
                .getErr()
                .println("touchstone: job " + id + " has ended, or never was");
            status = ExitStatus.FAILED;
          }
        }
      }
      return status;
    });
  }
}
