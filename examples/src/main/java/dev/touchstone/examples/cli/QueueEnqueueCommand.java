package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Stores a job. */
@Command(
    name = "enqueue",
    description = {
      "Stores a job, and prints its number when it is on the disk.",
      "A job that runs a program, without a shell:",
      "  touchstone queue enqueue program.run '{\"command\":[\"echo\",\"hello\"]}'"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueEnqueueCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Parameters(index = "0", paramLabel = "KIND", description = "What kind of job it is.")
  private String kind;

  @Parameters(index = "1", paramLabel = "JSON", description = "What the job is about.")
  private String payload;

  @Option(
      names = {"-q", "--queue"},
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The queue (default: ${DEFAULT-VALUE}).")
  private String queue;

  @Option(
      names = "--kind-version",
      paramLabel = "N",
      defaultValue = "1",
      description = "The version of the payload's form (default: ${DEFAULT-VALUE}).")
  private int version;

  @Option(
      names = "--priority",
      paramLabel = "BAND",
      defaultValue = "NORMAL",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Priority priority;

  @Option(
      names = "--in",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Start it no sooner than after this time, such as 5m.")
  private @Nullable Duration delay;

  @Option(
      names = "--at",
      paramLabel = "MOMENT",
      description = "Start it no sooner than at this moment, such as 2026-12-24T18:00:00Z.")
  private @Nullable Instant moment;

  @Option(
      names = "--unique",
      paramLabel = "KEY",
      description = "Store it only if no job that has not ended has this key.")
  private @Nullable String unique;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often to try (default: ${DEFAULT-VALUE}).")
  private int maxAttempts;

  @Option(
      names = "--expires-after",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give it up if it has not started after this time.")
  private @Nullable Duration expiresAfter;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var job = job();
    print(store.use(opened -> opened.enqueue(List.of(job)).getFirst()));
    return ExitStatus.OK;
  }

  private NewJob job() {
    try {
      JsonMapper.shared().readTree(payload);
      var job = NewJob.builder(kind, version, payload)
          .queue(queue)
          .priority(priority)
          .maxAttempts(maxAttempts);
      if (delay != null && moment != null) {
        throw wrong("--in and --at exclude each other");
      }
      if (delay != null) {
        job.in(delay);
      }
      if (moment != null) {
        job.at(moment);
      }
      if (unique != null) {
        job.unique(unique);
      }
      if (expiresAfter != null) {
        job.expiresAfter(expiresAfter);
      }
      return job.build();
    } catch (JacksonException e) {
      throw wrong(
          "JSON must be a JSON value such as '{\"to\":\"ada\"}': " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void print(Enqueued outcome) {
    var out = spec.commandLine().getOut();
    if (json) {
      var result = new LinkedHashMap<String, Object>();
      switch (outcome) {
        case Enqueued.Added added -> result.put("id", added.id());
        case Enqueued.Duplicate duplicate -> result.put("duplicateOf", duplicate.uniqueKey());
      }
      out.println(JsonMapper.shared().writeValueAsString(result));
      return;
    }
    switch (outcome) {
      case Enqueued.Added added -> out.println(added.id());
      case Enqueued.Duplicate duplicate ->
        spec.commandLine()
            .getErr()
            .println(
                "not stored: a job with the key '" + duplicate.uniqueKey() + "' has not ended yet");
    }
  }
}
