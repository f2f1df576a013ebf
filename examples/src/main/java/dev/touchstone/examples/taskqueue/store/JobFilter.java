package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
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
 * @param kind their kind; a star at its end stands for any rest
 * @param error a part of what went wrong last, in any case of letters
 * @param payload a part of the payload, in any case of letters
 * @param since when they were stored at the earliest
 * @param ids their numbers; any if there are none
 * @param before jobs with smaller numbers, to go on after a page
 */
public record JobFilter(
    Set<JobStatus> statuses,
    Optional<String> queue,
    Optional<String> kind,
    Optional<String> error,
    Optional<String> payload,
    Optional<Instant> since,
    Set<Long> ids,
    OptionalLong before) {

  private static final Set<JobStatus> DEAD_LETTERS =
      Set.of(JobStatus.DEAD, JobStatus.CANCELLED, JobStatus.EXPIRED);

  private static final Set<JobStatus> WAITING =
      Set.of(JobStatus.READY, JobStatus.SCHEDULED, JobStatus.RETRYING);

  /** Copies the sets. */
  public JobFilter {
    statuses = Set.copyOf(statuses);
    requireNonNull(queue, "queue");
    ids = Set.copyOf(ids);
  }

  /** Returns a filter for all jobs. */
  public static JobFilter all() {
    return in(EnumSet.allOf(JobStatus.class));
  }

  /** Returns a filter for all dead letters: dead, cancelled and expired. */
  public static JobFilter deadLetters() {
    return in(DEAD_LETTERS);
  }

  /** Returns a filter for all jobs that no worker has and that have not ended. */
  public static JobFilter waiting() {
    return in(WAITING);
  }

  /** Returns a filter for jobs that stand where one of these says. */
  public static JobFilter in(Set<JobStatus> statuses) {
    return new JobFilter(
        statuses,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        OptionalLong.empty());
  }

  /** Narrows it down to a queue. */
  public JobFilter ofQueue(String name) {
    return new JobFilter(statuses, Optional.of(name), kind, error, payload, since, ids, before);
  }

  /** Narrows it down to a kind, or to all that begin like it if it ends with a star. */
  public JobFilter ofKind(String name) {
    return new JobFilter(statuses, queue, Optional.of(name), error, payload, since, ids, before);
  }

  /** Narrows it down to those whose last error contains this. */
  public JobFilter withError(String part) {
    return new JobFilter(statuses, queue, kind, Optional.of(part), payload, since, ids, before);
  }

  /** Narrows it down to those whose payload contains this. */
  public JobFilter withPayload(String part) {
    return new JobFilter(statuses, queue, kind, error, Optional.of(part), since, ids, before);
  }

  /** Narrows it down to those that were stored no earlier. */
  public JobFilter since(Instant moment) {
    return new JobFilter(statuses, queue, kind, error, payload, Optional.of(moment), ids, before);
  }

  /** Narrows it down to one job. */
  public JobFilter only(long job) {
    return only(Set.of(job));
  }

  /**
   * Narrows it down to some jobs.
   *
   * @throws IllegalArgumentException if there are none
   */
  public JobFilter only(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("jobs must not be empty: that would mean all of them");
    }
    return new JobFilter(statuses, queue, kind, error, payload, since, Set.copyOf(jobs), before);
  }

  /** Narrows it down to jobs with smaller numbers. */
  public JobFilter before(long job) {
    return new JobFilter(statuses, queue, kind, error, payload, since, ids, OptionalLong.of(job));
  }

  /** Narrows it down to those that stand where one of these says as well. */
  public JobFilter within(Set<JobStatus> others) {
    var both = EnumSet.noneOf(JobStatus.class);
    statuses.stream().filter(others::contains).forEach(both::add);
    return new JobFilter(both, queue, kind, error, payload, since, ids, before);
  }

  /** Returns whether it means this job. */
  public boolean includes(JobView job) {
    return statuses.contains(job.status())
        && queue.map(job.queue()::equals).orElse(true)
        && kind.map(name -> isOfKind(job.kind(), name)).orElse(true)
        && error
            .map(part ->
                job.error().map(text -> containsIgnoringCase(text, part)).orElse(false))
            .orElse(true)
        && payload.map(part -> containsIgnoringCase(job.payload(), part)).orElse(true)
        && since.map(moment -> !job.createdAt().isBefore(moment)).orElse(true)
        && (ids.isEmpty() || ids.contains(job.id()))
        && (before.isEmpty() || job.id() < before.getAsLong());
  }

  private static boolean isOfKind(String kind, String wanted) {
    return wanted.endsWith("*")
        ? kind.startsWith(wanted.substring(0, wanted.length() - 1))
        : kind.equals(wanted);
  }

  private static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
