package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.Vitals;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import dev.touchstone.examples.web.Quantities;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a look at a queue has shown.
 *
 * @param vitals how the database is
 * @param clockOffset by how much its clock is ahead of this machine's
 * @param findings what may hold jobs up; the less the better
 */
public record Examination(Vitals vitals, Duration clockOffset, List<String> findings) {

  private static final Duration LARGEST_OFFSET = Duration.ofSeconds(5);
  private static final Duration SLOWEST_ANSWER = Duration.ofMillis(100);
  private static final Duration SLOWEST_FLUSH = Duration.ofMillis(100);
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final long MOST_DEAD_ROWS = 100_000;
  private static final long OLDEST_SNAPSHOT = 10_000;

  /** Copies the list. */
  public Examination {
    findings = List.copyOf(findings);
  }

  /**
   * Looks at a queue.
   *
   * @param served the forms of jobs that are known to be served; none if that is not known
   */
  public static Examination of(JobStore store, Set<JobForm> served, InstantSource clock) {
    var findings = new ArrayList<String>();
    var vitals = store.vitals();
    var offset = Duration.between(clock.instant(), store.now());
    lookAtDatabase(vitals, offset, findings);
    var workers = store.workers();
    var queues = store.queues();
    queues.forEach(queue -> lookAt(queue, findings));
    workers.forEach(worker -> lookAt(worker, findings));
    if (workers.stream().allMatch(worker -> worker.lease().isNegative())
        && queues.stream().anyMatch(queue -> queue.ready() > 0)) {
      findings.add("jobs are ready, and no worker is there: 'touchstone queue work'");
    }
    if (!served.isEmpty()) {
      var unserved = store.unserved(served);
      if (!unserved.isEmpty()) {
        findings.add("jobs wait that 'touchstone queue work' does not serve: " + unserved);
      }
    }
    return new Examination(vitals, offset, findings);
  }

  private static void lookAtDatabase(Vitals vitals, Duration offset, List<String> findings) {
    if (vitals.answer().compareTo(SLOWEST_ANSWER) > 0) {
      findings.add("the store takes " + Quantities.time(vitals.answer())
          + " for an answer: it is slow or busy");
    }
    vitals
        .flush()
        .filter(time -> time.compareTo(SLOWEST_FLUSH) > 0)
        .ifPresent(time -> findings.add("a commit takes " + Quantities.time(time)
            + " until it is on the disk: the disk is slow or busy"));
    if (offset.abs().compareTo(LARGEST_OFFSET) > 0) {
      findings.add(
          "the clock of the store differs from this machine's by " + Quantities.time(offset.abs()));
    }
    if (vitals.deadRows().orElse(0) > MOST_DEAD_ROWS) {
      findings.add(Quantities.count(vitals.deadRows().getAsLong())
          + " dead rows are in the table of jobs: is autovacuum on?");
    }
    if (vitals.oldestSnapshot().orElse(0) > OLDEST_SNAPSHOT) {
      findings.add("somebody holds a snapshot that is "
          + Quantities.count(vitals.oldestSnapshot().getAsLong())
          + " transactions old, and keeps dead rows: look for backend_xmin in pg_stat_activity");
    }
  }

  private static void lookAt(QueueView queue, List<String> findings) {
    if (queue.limits().isPaused() && queue.ready() > 0) {
      findings.add("queue '%s' is paused, and %s: 'touchstone queue queues %s --resume'"
          .formatted(
              queue.name(),
              Quantities.count(queue.ready(), "job waits", "jobs wait"),
              queue.name()));
    }
    queue
        .oldest()
        .filter(age -> age.compareTo(OLDEST) > 0)
        .ifPresent(age -> findings.add("the oldest job of queue '%s' has waited for %s"
            .formatted(queue.name(), Quantities.time(age))));
  }

  private static void lookAt(WorkerView worker, List<String> findings) {
    var who = "worker %d (%s)".formatted(worker.id(), worker.name());
    if (worker.lease().isNegative()) {
      findings.add(
          who + " has no lease any more, with %,d jobs running".formatted(worker.running()));
    } else if (worker.isLate()) {
      findings.add(who + " is late with its heartbeat: " + Quantities.time(worker.lease())
          + " of its lease of " + Quantities.time(worker.ttl()) + " are left");
    }
  }
}
