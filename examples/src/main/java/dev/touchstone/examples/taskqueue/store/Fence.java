package dev.touchstone.examples.taskqueue.store;

/**
 * Proves the right to end one attempt of a job. The token of a later attempt is larger.
 *
 * <p><b>Source:</b> M. Kleppmann, "How to do distributed locking", 2016, on fencing tokens.
 *
 * @param id of the job
 * @param token of the attempt
 */
public record Fence(long id, long token) {}
