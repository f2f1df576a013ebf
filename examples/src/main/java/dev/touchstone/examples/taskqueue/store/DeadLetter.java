package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;

/**
 * What matters of a dead letter among many.
 *
 * @param id of the job
 * @param queue its queue
 * @param kind its kind
 * @param status dead, cancelled or expired
 * @param endedAt since when
 * @param error the beginning of what went wrong last
 */
public record DeadLetter(
    long id, String queue, String kind, JobStatus status, Instant endedAt, String error) {}
