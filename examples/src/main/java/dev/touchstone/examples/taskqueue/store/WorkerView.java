package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker as it is shown.
 *
 * @param id its number
 * @param name what it calls itself
 * @param startedAt since when it has had its number
 * @param lease how long its lease lasts; negative if it is over
 * @param ttl how long it lasts when it has just been renewed
 * @param running how many jobs it has
 */
public record WorkerView(
    long id, String name, Instant startedAt, Duration lease, Duration ttl, int running) {

  /** Returns whether it is late with its heartbeat: it is sent after a third of the lease. */
  public boolean isLate() {
    return lease.multipliedBy(2).compareTo(ttl) < 0;
  }
}
