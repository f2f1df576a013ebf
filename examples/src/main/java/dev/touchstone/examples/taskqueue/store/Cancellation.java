package dev.touchstone.examples.taskqueue.store;

/** What came of an attempt to cancel a job. */
public enum Cancellation {
  /** It had not started, and will not. */
  CANCELLED,
  /** It runs; its worker will learn of it with its next heartbeat. */
  REQUESTED,
  /** There is no such job, or it has ended. */
  NOT_FOUND
}
