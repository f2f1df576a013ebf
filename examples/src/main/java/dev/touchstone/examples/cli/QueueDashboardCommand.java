package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.admin.Redaction;
import dev.touchstone.examples.taskqueue.dashboard.QueueDashboard;
import dev.touchstone.examples.taskqueue.program.RunProgram;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.web.WebServerException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows a queue, whoever works it off. */
@Command(
    name = "dashboard",
    description = {
      "Shows a queue on pages for a browser on this machine, until Ctrl-C, whoever works it off.",
      "Prints their address; whoever knows it may look, and cancel, redrive, pause and so on.",
      "Programs find figures for Prometheus at /metrics, with the token as 'Authorization: Bearer'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueDashboardCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Mixin
  private final PortOption port = new PortOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      try (var dashboard = open(opened, store, port.port())) {
        DashboardOption.announce(dashboard.server(), spec.commandLine().getErr());
        new CountDownLatch(1).await();
        return ExitStatus.OK;
      } catch (WebServerException e) {
        throw new CommandFailedException(String.valueOf(e.getMessage()), e);
      }
    });
  }

  /** Opens the dashboard of a store. */
  static QueueDashboard open(JobStore opened, QueueStore store, int port) {
    return QueueDashboard.open(opened, store.name(), Redaction.of(RunProgram.class), port);
  }
}
