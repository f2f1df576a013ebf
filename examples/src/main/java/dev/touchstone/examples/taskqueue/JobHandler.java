package dev.touchstone.examples.taskqueue;

/**
 * Does a job.
 *
 * @param <J> the record of the job
 */
@FunctionalInterface
public interface JobHandler<J> {

  /**
   * Does it. Called by several threads, which are interrupted when the job is cancelled, takes too
   * long, or is no longer this worker's.
   *
   * @throws Exception if the attempt failed; the retry policy decides what comes of that
   */
  Outcome handle(J job, JobContext context) throws Exception;
}
