package dev.touchstone.concurrency.pipeline;

/** The policies that need to know nothing. */
enum FixedPolicy implements ErrorPolicy<Object> {

  /** Fails the run. */
  FAIL,

  /** Goes on without the element. */
  SKIP
}
