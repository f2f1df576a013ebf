package dev.touchstone.examples.taskqueue.store;

import java.util.List;

/** What operators change in a {@link JobStore}. */
public interface QueueOperations {

  /** Sets what holds the jobs of a queue back. */
  void limit(String queue, QueueLimits limits);

  /** Returns what holds the jobs of a queue back. */
  QueueLimits limits(String queue);

  /**
   * Cancels a job: at once if it has not started, and otherwise by telling its worker.
   *
   * <p>A running job that its handler finishes nevertheless is done.
   */
  Cancellation cancel(long id);

  /**
   * Lets jobs start now that would have to wait for their time.
   *
   * @param filter which, of those that are scheduled or wait to be tried again
   * @param most how many at most, the oldest first
   * @return their numbers
   */
  List<Long> hurry(JobFilter filter, int most);

  /**
   * Makes new jobs of dead letters, with all their attempts before them. One whose unique key is
   * taken stays dead. What is known of the attempts of a dead letter is kept as long as the job that was
   * made of it.
   *
   * @param filter which, of those that are dead letters
   * @param most how many at most, the oldest first
   * @return the numbers of the dead letters that are none any more
   */
  List<Long> redrive(JobFilter filter, int most);

  /**
   * Forgets dead letters.
   *
   * @param filter which, of those that are dead letters
   * @param most how many at most, the oldest first
   * @return their numbers
   */
  List<Long> discard(JobFilter filter, int most);

  /**
   * Forgets what has ended long ago, with all that is known of it.
   *
   * @param most how many jobs at most
   * @return how many there were; if as many as asked for, there may be more
   */
  int purge(Retention retention, int most);
}
