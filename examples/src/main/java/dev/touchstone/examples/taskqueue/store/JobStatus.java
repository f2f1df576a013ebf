package dev.touchstone.examples.taskqueue.store;

import java.util.Arrays;

/** Where a job stands, as it is shown. */
public enum JobStatus {
  /** It may start. */
  READY(0),
  /** It has never started, and may not yet. */
  SCHEDULED(1),
  /** It has failed, and waits for the next attempt. */
  RETRYING(2),
  /** A worker has it. */
  RUNNING(3),
  /** It is done. */
  SUCCEEDED(4),
  /** It was given up. */
  DEAD(5),
  /** Somebody cancelled it. */
  CANCELLED(6),
  /** It did not start in time. */
  EXPIRED(7);

  private final int code;

  JobStatus(int code) {
    this.code = code;
  }

  /** Returns the status that is stored as this number. */
  public static JobStatus of(int code) {
    return Arrays.stream(values())
        .filter(status -> status.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no status " + code));
  }

  /** Returns the number that it is stored as. */
  public int code() {
    return code;
  }

  /** Returns whether the job has ended. */
  public boolean isEnd() {
    return switch (this) {
      case READY, SCHEDULED, RETRYING, RUNNING -> false;
      case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> true;
    };
  }
}
