package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.admin.BulkAction;
import dev.touchstone.examples.taskqueue.admin.JobSearch;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

/** Lists jobs, or shows one. */
@Command(
    name = "jobs",
    description = {
      "Lists jobs, the last stored first; or shows one with its attempts; or does something to many.",
      "A search is made of terms such as kind:email.* queue:default status:dead,retrying args~ada",
      "error~\"no answer\" since:1h, all of which must fit."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueJobsCommand implements Callable<Integer> {

  @Mixin
  private final QueueStore store = new QueueStore();

  @Parameters(
      arity = "0..*",
      paramLabel = "JOB|TERM",
      description = "The number of a job, or the terms of a search.")
  private List<String> terms = List.of();

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

  @Option(
      names = "--apply",
      paramLabel = "ACTION",
      description = {"Do this to all jobs of the search, up to 1,000: ${COMPLETION-CANDIDATES}."})
  private @Nullable BulkAction action;

  @Option(names = "--dry-run", description = "With --apply: only list them.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  /** A job with its attempts, for JSON. */
  private record Detail(JobView job, List<AttemptView> attempts) {}

  @Override
  public Integer call() throws InterruptedException {
    return store.useExisting(opened -> {
      if (terms.size() == 1 && terms.getFirst().matches("\\d{1,18}") && action == null) {
        show(opened, Long.parseLong(terms.getFirst()));
      } else if (action == null) {
        list(opened.jobs(filter(opened), filter.limit()));
      } else {
        apply(opened, action);
      }
      return ExitStatus.OK;
    });
  }

  private JobFilter filter(JobStore opened) {
    try {
      var wanted = filter.narrow(JobSearch.parse(String.join(" ", terms), opened.now()));
      var standing = statuses == null ? wanted : wanted.within(EnumSet.copyOf(List.of(statuses)));
      return before == null ? standing : standing.before(before);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void apply(JobStore opened, BulkAction wanted) {
    var jobs = wanted.preview(opened, filter(opened));
    if (dryRun) {
      list(jobs);
      return;
    }
    var count = wanted.apply(opened, jobs.stream().map(JobView::id).toList());
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(Map.of("changed", count)));
    } else {
      out.printf("%,d jobs%n", count);
    }
  }

  private void list(List<JobView> jobs) {
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
