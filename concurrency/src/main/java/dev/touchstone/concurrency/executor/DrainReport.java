package dev.touchstone.concurrency.executor;

import java.util.List;

/**
 * How the draining of a {@link ManagedExecutor} ended.
 *
 * @param completed how many tasks ended by themselves while draining, failed ones included
 * @param cancelled how many running tasks were cancelled at the deadline, stuck ones included
 * @param neverStarted what was queued at the deadline and was cancelled, in the order of the queue:
 *     the objects that were given to {@code execute} or {@code submit}; a {@code Callable} in a
 *     {@code Runnable} that calls it and drops its result
 * @param stuck the tasks that still ran when draining gave up
 */
public record DrainReport(
    long completed, int cancelled, List<Runnable> neverStarted, List<RunningTask> stuck) {

  /** Copies the lists. */
  public DrainReport {
    neverStarted = List.copyOf(neverStarted);
    stuck = List.copyOf(stuck);
  }

  /** Returns whether all that was accepted has run to its end. */
  public boolean isClean() {
    return cancelled == 0 && neverStarted.isEmpty() && stuck.isEmpty();
  }
}
