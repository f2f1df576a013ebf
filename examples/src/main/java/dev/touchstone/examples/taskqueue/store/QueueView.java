package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue as it is shown.
 *
 * @param name the queue
 * @param ready jobs that may start
 * @param scheduled jobs that wait for their time, retries included
 * @param running jobs that workers have
 * @param dead dead letters of any kind
 * @param oldest how long the first of the ready jobs has been waiting: the number to watch
 * @param limits what holds the jobs back
 */
public record QueueView(
    String name,
    long ready,
    long scheduled,
    long running,
    long dead,
    Optional<Duration> oldest,
    QueueLimits limits) {}
