package dev.touchstone.examples.taskqueue.store;

/**
 * How often something happened in a queue.
 *
 * @param queue where
 * @param measure what
 * @param bucket of a {@link Measure#WAIT} or {@link Measure#RUN}: see {@link Buckets}; 0 otherwise
 * @param count how often
 */
public record Amount(String queue, Measure measure, int bucket, long count) {}
