package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists queues, or changes what holds the jobs of one back. */
@Command(
    name = "queues",
    description = {
      "Lists queues; or pauses, resumes or limits one, for all workers.",
      "--max-running, --rate and --burst together replace the limits that it had."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueQueuesCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Parameters(arity = "0..1", paramLabel = "QUEUE", description = "The queue to change.")
  private @Nullable String queue;

  @Option(names = "--pause", description = "Let none of its jobs start.")
  private boolean pause;

  @Option(names = "--resume", description = "Let its jobs start again.")
  private boolean resume;

  @Option(names = "--max-running", paramLabel = "N", description = "How many may run at once.")
  private @Nullable Integer maxRunning;

  @Option(names = "--rate", paramLabel = "N", description = "How many may start in a second.")
  private @Nullable Double rate;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description = "With --rate: how many may start at once after a quiet while (default: 1).")
  private @Nullable Integer burst;

  @Option(names = "--unlimited", description = "Remove all limits.")
  private boolean unlimited;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      if (queue != null) {
        opened.limit(queue, changed(opened.limits(queue)));
      } else if (pause || resume || unlimited || maxRunning != null || rate != null) {
        throw wrong("QUEUE is missing: which one is to be changed?");
      }
      print(opened);
      return ExitStatus.OK;
    });
  }

  private QueueLimits changed(QueueLimits before) {
    try {
      var limits = unlimited ? QueueLimits.NONE : before;
      if (maxRunning != null || rate != null) {
        limits = new QueueLimits(
            limits.isPaused(),
            maxRunning == null ? OptionalInt.empty() : OptionalInt.of(maxRunning),
            rate == null
                ? Optional.empty()
                : Optional.of(new Rate(rate, burst == null ? 1 : burst)));
      }
      if (pause && resume) {
        throw wrong("--pause and --resume exclude each other");
      }
      if (pause) {
        return limits.paused();
      }
      return resume ? limits.resumed() : limits;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void print(JobStore opened) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(opened.queues()));
    } else {
      QueueTables.queues(opened.queues(), out);
    }
  }
}
