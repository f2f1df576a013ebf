package dev.touchstone.concurrency.executor;

/** How an accepted task ended. */
public enum TaskOutcome {

  /** The work returned. */
  COMPLETED,

  /** The work threw, or no thread could be started for it. */
  FAILED,

  /** It was cancelled or discarded, before the work started or while it ran. */
  CANCELLED,

  /** It waited in the queue for longer than the queue timeout; the work never started. */
  EXPIRED,

  /** The work ran for longer than the run timeout and was interrupted. */
  TIMED_OUT
}
