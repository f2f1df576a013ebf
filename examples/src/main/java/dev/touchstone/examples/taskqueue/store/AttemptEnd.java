package dev.touchstone.examples.taskqueue.store;

import java.util.Arrays;

/** How an attempt ended that was not the successful one. */
public enum AttemptEnd {
  /** The handler failed, or asked to be tried again. */
  FAILED(0),
  /** It took too long. */
  TIMED_OUT(1),
  /** The handler asked to be called later. Does not count as an attempt. */
  SNOOZED(2),
  /** The worker gave the job back unfinished, to shut down for instance. Does not count. */
  RETURNED(3),
  /** The worker died, or could not renew its lease. */
  LEASE_LOST(4),
  /** Somebody cancelled it. */
  CANCELLED(5),
  /** The handler said that no further attempt would help. */
  DISCARDED(6);

  private final int code;

  AttemptEnd(int code) {
    this.code = code;
  }

  /** Returns the end that is stored as this number. */
  public static AttemptEnd of(int code) {
    return Arrays.stream(values())
        .filter(end -> end.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no end " + code));
  }

  /** Returns the number that it is stored as. */
  public int code() {
    return code;
  }

  /** Returns whether it counts as one of the job's attempts. */
  public boolean isCounted() {
    return this != SNOOZED && this != RETURNED;
  }
}
