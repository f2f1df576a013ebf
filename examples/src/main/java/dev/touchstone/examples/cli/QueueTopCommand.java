package dev.touchstone.examples.cli;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows queues and workers, again and again. */
@Command(
    name = "top",
    description = "Shows queues and workers, every second until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class QueueTopCommand implements Callable<Integer> {

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(names = "--once", description = "Show them once.")
  private boolean once;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      show(opened);
      while (!once) {
        TimeSource.system().sleep(PERIOD);
        spec.commandLine().getOut().print(CLEAR);
        show(opened);
      }
      return ExitStatus.OK;
    });
  }

  private void show(JobStore opened) {
    var out = spec.commandLine().getOut();
    QueueTables.queues(opened.queues(), out);
    out.println();
    workers(opened.workers());
    out.flush();
  }

  private void workers(List<WorkerView> workers) {
    var out = spec.commandLine().getOut();
    if (workers.isEmpty()) {
      out.println("no workers");
      return;
    }
    out.printf("%10s  %-24s  %8s  %s%n", "WORKER", "NAME", "RUNNING", "LEASE");
    for (var worker : workers) {
      out.printf(
          "%10d  %-24s  %,8d  %s%n",
          worker.id(),
          worker.name(),
          worker.running(),
          worker.lease().isNegative() ? "over" : QueueTables.age(worker.lease()));
    }
  }
}
