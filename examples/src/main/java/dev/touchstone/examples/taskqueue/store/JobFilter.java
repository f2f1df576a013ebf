package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which jobs are meant. Each part that is there narrows it down.
 *
 * @param statuses where they stand
 * @param queue their queue
 * @param kind their kind
 * @param error a part of what went wrong last, in any case of letters
 * @param id one job
 * @param before jobs with smaller numbers, to go on after a page
 */
public record JobFilter(
    Set<JobStatus> statuses,
    Optional<String> queue,
    Optional<String> kind,
    Optional<String> error,
    OptionalLong id,
    OptionalLong before) {

  private static final Set<JobStatus> DEAD_LETTERS =
      Set.of(JobStatus.DEAD, JobStatus.CANCELLED, JobStatus.EXPIRED);

  /** Copies the statuses. */
  public JobFilter {
    statuses = Set.copyOf(statuses);
    requireNonNull(queue, "queue");
  }

  /** Returns a filter for all jobs. */
  public static JobFilter all() {
    return in(EnumSet.allOf(JobStatus.class));
  }

  /** Returns a filter for all dead letters: dead, cancelled and expired. */
  public static JobFilter deadLetters() {
    return in(DEAD_LETTERS);
  }

  /** Returns a filter for jobs that stand where one of these says. */
  public static JobFilter in(Set<JobStatus> statuses) {
    return new JobFilter(
        statuses,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Narrows it down to a queue. */
  public JobFilter ofQueue(String name) {
    return new JobFilter(statuses, Optional.of(name), kind, error, id, before);
  }

  /** Narrows it down to a kind. */
  public JobFilter ofKind(String name) {
    return new JobFilter(statuses, queue, Optional.of(name), error, id, before);
  }

  /** Narrows it down to those whose last error contains this. */
  public JobFilter withError(String part) {
    return new JobFilter(statuses, queue, kind, Optional.of(part), id, before);
  }

  /** Narrows it down to one job. */
  public JobFilter only(long job) {
    return new JobFilter(statuses, queue, kind, error, OptionalLong.of(job), before);
  }

  /** Narrows it down to jobs with smaller numbers. */
  public JobFilter before(long job) {
    return new JobFilter(statuses, queue, kind, error, id, OptionalLong.of(job));
  }

  /** Returns whether it means this job. */
  public boolean includes(JobView job) {
    return statuses.contains(job.status())
        && queue.map(job.queue()::equals).orElse(true)
        && kind.map(job.kind()::equals).orElse(true)
        && error
            .map(part ->
                job.error().map(text -> containsIgnoringCase(text, part)).orElse(false))
            .orElse(true)
        && (id.isEmpty() || id.getAsLong() == job.id())
        && (before.isEmpty() || job.id() < before.getAsLong());
  }

  private static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
