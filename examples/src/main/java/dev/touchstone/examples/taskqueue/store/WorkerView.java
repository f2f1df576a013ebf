package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker as it is shown.
 *
 * @param id its number
 * @param name what it calls itself
 * @param startedAt since when it has had its number
 * @param lease how long its lease lasts; negative if it is over
 * @param running how many jobs it has
 */
public record WorkerView(long id, String name, Instant startedAt, Duration lease, int running) {}
