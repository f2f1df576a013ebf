package dev.touchstone.examples.taskqueue.torture;

/**
 * What came of a torture.
 *
 * @param jobs how many were enqueued
 * @param kills how many workers were killed
 * @param stops how many workers were stopped for longer than their lease, and went on
 * @param lost jobs whose work was not done, or that did not end in success
 * @param repeated jobs that were started more than once
 * @param unexplained jobs with an attempt that neither succeeded nor has a cause on record
 * @param overlapping jobs that succeeded by an attempt while a newer one had begun
 */
public record TortureReport(
    int jobs, int kills, int stops, int lost, int repeated, int unexplained, int overlapping) {

  /** Returns whether the queue has kept its promise. */
  public boolean isKept() {
    return lost == 0 && unexplained == 0 && overlapping == 0;
  }
}
