package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What the {@link MemoryStore} shows of a list of all its jobs, the last stored first. */
final class MemoryViews {

  private final List<JobView> jobs;
  private final Instant now;

  MemoryViews(List<JobView> jobs, Instant now) {
    this.jobs = jobs;
    this.now = now;
  }

  List<JobView> list(JobFilter filter, int most) {
    return jobs.stream().filter(filter::includes).limit(most).toList();
  }

  JobPage search(JobFilter filter, int most) {
    var found = list(filter, most);
    return new JobPage(
        found,
        found.size() < most
            ? OptionalLong.empty()
            : OptionalLong.of(found.getLast().id()));
  }

  long count(JobFilter filter) {
    return jobs.stream().filter(filter::includes).count();
  }

  List<DeadLetter> deadLetters(int most) {
    return list(JobFilter.deadLetters(), most).stream()
        .map(job -> new DeadLetter(
            job.id(),
            job.queue(),
            job.kind(),
            job.status(),
            job.dueAt(),
            job.error().orElse("")))
        .toList();
  }

  List<QueueView> queues(Map<String, QueueLimits> limits) {
    var names = new TreeSet<>(limits.keySet());
    jobs.stream()
        .filter(job -> job.status() != JobStatus.SUCCEEDED)
        .forEach(job -> names.add(job.queue()));
    return names.stream()
        .map(name -> queue(name, limits.getOrDefault(name, QueueLimits.NONE)))
        .toList();
  }

  private QueueView queue(String name, QueueLimits limits) {
    var counts = new HashMap<JobStatus, Long>();
    var oldest = Optional.<Instant>empty();
    for (var job : jobs) {
      if (job.queue().equals(name)) {
        counts.merge(job.status(), 1L, Long::sum);
        if (job.status() == JobStatus.READY) {
          oldest = Optional.of(oldest.filter(due -> due.isBefore(job.dueAt())).orElse(job.dueAt()));
        }
      }
    }
    return new QueueView(
        name,
        sum(counts, List.of(JobStatus.READY)),
        sum(counts, List.of(JobStatus.SCHEDULED, JobStatus.RETRYING)),
        sum(counts, List.of(JobStatus.RUNNING)),
        sum(counts, JobFilter.deadLetters().statuses()),
        oldest.map(due -> Duration.between(due, now)),
        limits);
  }

  private static long sum(Map<JobStatus, Long> counts, Collection<JobStatus> statuses) {
    return statuses.stream()
        .mapToLong(status -> counts.getOrDefault(status, 0L))
        .sum();
  }
}
