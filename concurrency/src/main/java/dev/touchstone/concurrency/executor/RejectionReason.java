package dev.touchstone.concurrency.executor;

/** Why a {@link ManagedExecutor} did not accept a task. */
public enum RejectionReason {

  /** Every place to run and every place in the queue was taken. */
  SATURATED,

  /** There was no place within the time that the saturation policy or the caller gave. */
  TIMED_OUT,

  /** The submitter was interrupted while it waited for a place. */
  INTERRUPTED,

  /** The executor was shut down before the task was accepted. */
  SHUT_DOWN,

  /** The thread factory returned no thread, or the thread could not be started. */
  NO_THREAD
}
