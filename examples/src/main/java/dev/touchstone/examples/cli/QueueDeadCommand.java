package dev.touchstone.examples.cli;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.admin.PacedRedrive;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists dead letters, or makes jobs of them again. */
@Command(
    name = "dead",
    description =
        "Lists jobs that were given up, cancelled or expired; or makes jobs of them again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueDeadCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Mixin
  private final QueueJobFilter filter = new QueueJobFilter();

  @Option(
      names = "--redrive",
      description = "Make jobs of them, the oldest first, with all their attempts before them.")
  private boolean redrive;

  @Option(names = "--dry-run", description = "With --redrive: only say how many there are.")
  private boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "With --redrive: so many a second (default: all at once).")
  private @Nullable Double rate;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var dead = filter.narrow(JobFilter.deadLetters());
    var out = spec.commandLine().getOut();
    return store.useExisting(opened -> {
      if (redrive && dryRun) {
        report("would be redriven", Math.min(filter.limit(), opened.count(dead)));
      } else if (redrive) {
        report("redriven", redrive(opened, dead));
      } else if (json) {
        out.println(JsonMapper.shared().writeValueAsString(opened.jobs(dead, filter.limit())));
      } else {
        QueueTables.jobs(opened.jobs(dead, filter.limit()), out);
      }
      return ExitStatus.OK;
    });
  }

  private int redrive(JobStore opened, JobFilter dead) throws InterruptedException {
    if (rate == null) {
      return opened.redrive(dead, filter.limit()).size();
    }
    if (!(rate > 0)) {
      throw new ParameterException(spec.commandLine(), "--rate must be positive, was " + rate);
    }
    return new PacedRedrive(opened, rate, TimeSource.system()).run(dead, filter.limit());
  }

  private void report(String what, long count) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.shared().writeValueAsString(Map.of(dryRun ? "matching" : "redriven", count)));
    } else {
      out.printf("%,d %s%n", count, what);
    }
  }
}
