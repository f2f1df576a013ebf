package dev.touchstone.patterns.observe;

/** What an {@link EventBus} does with an event that a listener posts during a delivery. */
public enum Reentrancy {

  /**
   * It is delivered by the same thread after the present event has reached all its listeners, so
   * that each listener sees the events of a thread in the order they were posted. The inner post
   * returns 0 at once.
   */
  QUEUED,

  /**
   * It is delivered at once, inside the inner post. A listener that comes later in the order sees
   * it before the event that caused it.
   */
  NESTED,

  /** The inner post throws an {@link IllegalStateException}, which is a failure of the listener. */
  REJECT
}
