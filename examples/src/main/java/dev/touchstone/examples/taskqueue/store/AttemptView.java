package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;

/**
 * An attempt that was not the successful one.
 *
 * @param attempt which one, from 1
 * @param token of the attempt
 * @param end how it ended
 * @param endedAt when
 * @param error what to tell about it
 */
public record AttemptView(int attempt, long token, AttemptEnd end, Instant endedAt, String error) {}
