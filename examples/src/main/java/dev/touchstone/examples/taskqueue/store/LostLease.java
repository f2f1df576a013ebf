package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;

/**
 * A running job whose worker has no lease any more.
 *
 * @param fence of the attempt
 * @param worker who had it
 * @param times how many leases were lost with this job, this one included
 * @param isCancelled whether somebody has asked to cancel it
 */
public record LostLease(Fence fence, long worker, int times, boolean isCancelled) {

  /**
   * Returns what becomes of the job.
   *
   * @param most how many leases may be lost with it before it is a dead letter
   */
  public Settlement settlement(int most) {
    var error = "worker " + worker + " lost its lease";
    if (isCancelled) {
      return new Settlement.Cancelled(fence, error);
    }
    if (times >= most) {
      return new Settlement.Dead(
          fence,
          AttemptEnd.LEASE_LOST,
          error + ", as those of " + times + " attempts did: the job may be what kills them");
    }
    return new Settlement.Again(fence, Duration.ZERO, AttemptEnd.LEASE_LOST, error);
  }
}
