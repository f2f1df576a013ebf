package dev.touchstone.examples.taskqueue.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * A part of the jobs that were searched for.
 *
 * @param jobs those that were found, the last stored first
 * @param next where to go on, as {@link JobFilter#before}; empty if there are no more
 */
public record JobPage(List<JobView> jobs, OptionalLong next) {

  /** Copies the list. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
