package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.JobFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which jobs are meant. */
final class QueueJobFilter {

  @Option(
      names = {"-q", "--queue"},
      paramLabel = "NAME",
      description = "Only jobs of this queue.")
  private @Nullable String queue;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
  private @Nullable String kind;

  @Option(
      names = "--error",
      paramLabel = "TEXT",
      description = "Only jobs whose last error contains this.")
  private @Nullable String error;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  private int limit;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  void limit(int number) {
    if (number < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 1, was " + number);
    }
    limit = number;
  }

  int limit() {
    return limit;
  }

  JobFilter narrow(JobFilter filter) {
    var narrowed = filter;
    if (queue != null) {
      narrowed = narrowed.ofQueue(queue);
    }
    if (kind != null) {
      narrowed = narrowed.ofKind(kind);
    }
    if (error != null) {
      narrowed = narrowed.withError(error);
    }
    return narrowed;
  }
}
