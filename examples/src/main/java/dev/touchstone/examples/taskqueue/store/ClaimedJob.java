package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;

/**
 * A job that has been given to a worker.
 *
 * @param fence proves that it is the worker's
 * @param queue the queue that it came from
 * @param priority its band
 * @param form what the payload looks like
 * @param payload JSON
 * @param attempt which attempt this is, from 1
 * @param maxAttempts how many it has
 * @param dueAt since when it could have been started
 */
public record ClaimedJob(
    Fence fence,
    String queue,
    Priority priority,
    JobForm form,
    String payload,
    int attempt,
    int maxAttempts,
    Instant dueAt) {

  /** Returns the job as another attempt has it. */
  public ClaimedJob with(Fence newFence) {
    return new ClaimedJob(newFence, queue, priority, form, payload, attempt, maxAttempts, dueAt);
  }
}
