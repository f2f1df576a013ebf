package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is shown.
 *
 * @param id its number
 * @param queue its queue
 * @param priority its band
 * @param kind names its handler
 * @param version of the form of the payload
 * @param status where it stands
 * @param attempt how many attempts were started
 * @param maxAttempts how many it has
 * @param createdAt when it was stored
 * @param dueAt when it may start, or might have; of an ended job, when it ended
 * @param error what went wrong last
 * @param payload JSON
 * @param uniqueKey the key that no other job may have meanwhile
 * @param startedAt when its last attempt began, if it runs or was done by it
 * @param worker the number of the worker that has it
 * @param redriven the dead letter that it came from
 */
public record JobView(
    long id,
    String queue,
    Priority priority,
    String kind,
    int version,
    JobStatus status,
    int attempt,
    int maxAttempts,
    Instant createdAt,
    Instant dueAt,
    Optional<String> error,
    String payload,
    Optional<String> uniqueKey,
    Optional<Instant> startedAt,
    Optional<Long> worker,
    Optional<Long> redriven) {}
