package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the database of a store is.
 *
 * @param answer how long it takes for the least of questions
 * @param flush how long a commit takes until it is on the disk; empty where nothing is flushed
 * @param deadRows rows of the table of jobs that are only there until the database cleans up
 * @param oldestSnapshot how many transactions ago the oldest snapshot was taken that somebody still
 *     holds, and that keeps dead rows from being cleaned up
 */
public record Vitals(
    Duration answer,
    Optional<Duration> flush,
    OptionalLong deadRows,
    OptionalLong oldestSnapshot) {}
