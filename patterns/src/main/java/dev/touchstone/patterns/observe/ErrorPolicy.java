package dev.touchstone.patterns.observe;

/** What an {@link EventBus} does when a listener throws while an event is being posted. */
public enum ErrorPolicy {

  /** All listeners are called; each failure goes to the error handler, none to the poster. */
  ISOLATE,

  /**
   * All listeners are called, also those of events queued meanwhile; then the post throws one {@link
   * DeliveryException} with all failures.
   */
  COLLECT,

  /**
   * The first failure ends the delivery: no further listener is called, events queued meanwhile are
   * discarded, and the post throws a {@link DeliveryException}.
   */
  STOP
}
