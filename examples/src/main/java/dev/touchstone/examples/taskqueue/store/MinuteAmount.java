package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;

/**
 * How often something happened in a queue in a minute.
 *
 * @param minute when it began
 * @param amount what happened, and how often
 */
public record MinuteAmount(Instant minute, Amount amount) {}
