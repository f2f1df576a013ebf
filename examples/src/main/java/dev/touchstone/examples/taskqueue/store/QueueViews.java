package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is in a {@link JobStore}, as it is shown. */
public interface QueueViews {

  /** How far {@link QueueView} counts. */
  long MOST_COUNTED = 10_000;

  /** Returns jobs, the last stored first. Looks at all jobs if it must. */
  List<JobView> jobs(JobFilter filter, int most);

  /**
   * Returns jobs, the last stored first. Looks at some thousand jobs and then stops, so that it
   * takes no longer the more there are: a page may be empty and still lead to another one.
   */
  JobPage search(JobFilter filter, int most);

  /** Counts jobs. Looks at all jobs if it must. */
  long count(JobFilter filter);

  /** Returns how the attempts of a job ended that were not successful, in their order. */
  List<AttemptView> attempts(long id);

  /** Returns dead letters, the last stored first. */
  List<DeadLetter> deadLetters(int most);

  /** Returns the queues that have jobs or limits, by name; counts that are larger end at 10,000. */
  List<QueueView> queues();

  /** Returns the workers with and without a lease, by number. */
  List<WorkerView> workers();

  /** Returns the forms of jobs that wait to be started and that are none of these, by name. */
  List<JobForm> unserved(Set<JobForm> served);

  /** Returns the schedules that workers have, by name. */
  List<ScheduleView> schedules();

  /** Returns what workers have counted in this while, the oldest minutes first. */
  List<MinuteAmount> counted(Duration back);

  /** Returns how the database is. Writes something, to see how long that takes. */
  Vitals vitals();
}
