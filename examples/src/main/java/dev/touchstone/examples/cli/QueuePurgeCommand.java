package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Retention;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Forgets what has ended long ago. */
@Command(
    name = "purge",
    description = {
      "Forgets jobs that were done long ago; and dead letters, if their age is given.",
      "Workers do so with what is done by themselves: see 'touchstone queue work --keep'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueuePurgeCommand implements Callable<Integer> {

  private static final int BATCH = 2_000;

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(
      names = "--done",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Forget jobs that were done longer ago than this, such as 7d.")
  private @Nullable Duration done;

  @Option(
      names = "--dead",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Forget dead letters that are older than this, such as 90d.")
  private @Nullable Duration dead;

  @Option(names = "--json", description = "Print the number as JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (done == null && dead == null) {
      throw new ParameterException(
          spec.commandLine(), "--done or --dead is missing: what is to be forgotten?");
    }
    var retention = retention();
    var count = store.useExisting(opened -> purge(opened, retention));
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(Map.of("purged", count)));
    } else {
      out.printf("%,d jobs forgotten%n", count);
    }
    return ExitStatus.OK;
  }

  private Retention retention() {
    try {
      return new Retention(Optional.ofNullable(done), Optional.ofNullable(dead));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** In batches, so that nobody else waits for long. */
  private static long purge(JobStore opened, Retention retention) {
    var count = 0L;
    while (true) {
      var batch = opened.purge(retention, BATCH);
      count += batch;
      if (batch < BATCH) {
        return count;
      }
    }
  }
}
