package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists jobs, or shows one. */
@Command(
    name = "jobs",
    description = "Lists jobs, the last stored first; or shows one with its attempts.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueJobsCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Parameters(index = "0", arity = "0..1", paramLabel = "JOB", description = "The number of a job.")
  private @Nullable Long id;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "Only jobs that stand there: ${COMPLETION-CANDIDATES}.")
  private JobStatus @Nullable [] statuses;

  @Mixin
  private final QueueJobFilter filter = new QueueJobFilter();

  @Option(
      names = "--before",
      paramLabel = "JOB",
      description = "Only jobs with smaller numbers, to go on after the last one shown.")
  private @Nullable Long before;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  /** A job with its attempts, for JSON. */
  private record Detail(JobView job, List<AttemptView> attempts) {}

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      if (id == null) {
        list(opened);
      } else {
        show(opened, id);
      }
      return ExitStatus.OK;
    });
  }

  private void list(JobStore opened) {
    var wanted =
        statuses == null ? JobFilter.all() : JobFilter.in(EnumSet.copyOf(List.of(statuses)));
    var narrowed = filter.narrow(before == null ? wanted : wanted.before(before));
    var jobs = opened.jobs(narrowed, filter.limit());
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(jobs));
    } else {
      QueueTables.jobs(jobs, out);
    }
  }

  private void show(JobStore opened, long number) {
    var job = opened.jobs(JobFilter.all().only(number), 1).stream()
        .findFirst()
        .orElseThrow(
            () -> new CommandFailedException("there is no job " + number + " in " + store));
    var attempts = opened.attempts(number);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(new Detail(job, attempts)));
      return;
    }
    out.printf("job %d of kind %s, version %d%n", job.id(), job.kind(), job.version());
    out.printf("  status    %s%n", job.status());
    out.printf("  queue     %s, %s%n", job.queue(), job.priority());
    out.printf("  stored    %s%n", job.createdAt());
    out.printf("  %-8s  %s%n", job.status().isEnd() ? "ended" : "due", job.dueAt());
    out.printf("  attempt   %d of %d%n", job.attempt(), job.maxAttempts());
    job.uniqueKey().ifPresent(key -> out.printf("  key       %s%n", key));
    job.redriven().ifPresent(from -> out.printf("  made of   job %d%n", from));
    job.error().ifPresent(error -> out.printf("  error     %s%n", error));
    out.printf("  payload   %s%n", job.payload());
    attempts.forEach(attempt -> out.printf(
        "  %s  attempt %d %s: %s%n",
        attempt.endedAt(), attempt.attempt(), attempt.end(), attempt.error()));
  }
}
