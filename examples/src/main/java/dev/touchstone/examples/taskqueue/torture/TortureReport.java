package dev.touchstone.examples.taskqueue.torture;

/**
 * What came of a torture.
 *
 * @param jobs how many were enqueued
 * @param kills how many workers were killed
 * @param lost jobs that were not started, or did not end in success
 * @param repeated jobs that were started more than once
 * @param unexplained jobs that were started more often than there are causes on record
 */
public record TortureReport(int jobs, int kills, int lost, int repeated, int unexplained) {

  /** Returns whether the queue has kept its promise. */
  public boolean isKept() {
    return lost == 0 && unexplained == 0;
  }
}
