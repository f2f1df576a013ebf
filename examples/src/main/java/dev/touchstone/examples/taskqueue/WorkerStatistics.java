package dev.touchstone.examples.taskqueue;

/**
 * What a worker did until now.
 *
 * @param claimed attempts that it was given
 * @param succeeded attempts that it finished
 * @param retried attempts that failed and will be repeated, or were snoozed
 * @param buried jobs that it gave up or cancelled
 * @param returned attempts that it gave back
 * @param refused ends that the store refused, because the attempt was no longer its own
 * @param running attempts that it has now
 */
public record WorkerStatistics(
    long claimed,
    long succeeded,
    long retried,
    long buried,
    long returned,
    long refused,
    int running) {}
