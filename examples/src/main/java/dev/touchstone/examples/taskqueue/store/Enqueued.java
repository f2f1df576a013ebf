package dev.touchstone.examples.taskqueue.store;

/** What came of a job that was to be stored. */
public sealed interface Enqueued {

  /** It is stored. */
  record Added(long id) implements Enqueued {}

  /** It is not: a job with the same unique key has not ended yet. */
  record Duplicate(String uniqueKey) implements Enqueued {}
}
