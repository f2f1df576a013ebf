package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.store.Cancellation;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be done to many jobs at once. */
public enum BulkAction {
  /** Cancels what has not ended. */
  CANCEL,
  /** Lets what waits for its time start now. */
  START,
  /** Makes jobs of dead letters. */
  REDRIVE,
  /** Forgets dead letters. */
  DISCARD;

  /** How many jobs an action takes at most: it is one step, and can be repeated. */
  public static final int MOST = 1_000;

  /** Returns where jobs must stand for it. */
  public Set<JobStatus> statuses() {
    return switch (this) {
      case CANCEL ->
        Set.of(JobStatus.READY, JobStatus.SCHEDULED, JobStatus.RETRYING, JobStatus.RUNNING);
      case START -> Set.of(JobStatus.SCHEDULED, JobStatus.RETRYING);
      case REDRIVE, DISCARD -> JobFilter.deadLetters().statuses();
    };
  }

  /** Returns the jobs that it would take, at most {@link #MOST}, the last stored first. */
  public List<JobView> preview(JobStore store, JobFilter filter) {
    var found = new ArrayList<JobView>();
    var wanted = filter.within(statuses());
    while (true) {
      var page = store.search(wanted, MOST - found.size());
      found.addAll(page.jobs());
      if (page.next().isEmpty() || found.size() >= MOST) {
        return found;
      }
      wanted = wanted.before(page.next().getAsLong());
    }
  }

  /** Does it to jobs, and returns to how many; to none that stand elsewhere by now. */
  public int apply(JobStore store, List<Long> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    var jobs = JobFilter.in(statuses()).only(ids);
    return switch (this) {
      case CANCEL ->
        (int) ids.stream()
            .map(store::cancel)
            .filter(outcome -> outcome != Cancellation.NOT_FOUND)
            .count();
      case START -> store.hurry(jobs, ids.size()).size();
      case REDRIVE -> store.redrive(jobs, ids.size()).size();
      case DISCARD -> store.discard(jobs, ids.size()).size();
    };
  }
}
