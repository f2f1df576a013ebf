package dev.touchstone.examples.taskqueue.store;

/**
 * What a round of upkeep found.
 *
 * @param requeued jobs of workers without a lease that are ready again
 * @param buried jobs of such workers that are dead letters now: they have lost a lease too often, or
 *     were cancelled
 * @param expired jobs that did not start in time
 */
public record Upkeep(int requeued, int buried, int expired) {}
