package dev.touchstone.concurrency.limit;

import java.util.concurrent.RejectedExecutionException;

/** Thrown when a {@link ConcurrencyLimiter} has no permit and no place to wait for one. */
public final class LimitExceededException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  private final int limit;
  private final int waiting;

  LimitExceededException(int limit, int waiting) {
    super(
        ("all %d permits are taken and %d threads wait, as many as may: do less, or allow a longer"
                + " backlog")
            .formatted(limit, waiting));
    this.limit = limit;
    this.waiting = waiting;
  }

  /** Returns how many permits there were. */
  public int limit() {
    return limit;
  }

  /** Returns how many threads waited. */
  public int waiting() {
    return waiting;
  }
}
