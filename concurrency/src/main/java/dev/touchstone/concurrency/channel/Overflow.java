package dev.touchstone.concurrency.channel;

/** What happens to an element that is sent to a full channel. */
public enum Overflow {

  /** The sender waits for space. */
  SUSPEND,

  /**
   * The oldest element makes room. Sending never waits and never fails for lack of space. The dropped
   * element goes to the {@code onUndelivered} handler, in the thread of the sender.
   */
  DROP_OLDEST,

  /**
   * The new element is dropped: {@code send} returns normally and the element goes to the {@code
   * onUndelivered} handler, in the thread of the sender. {@code trySend}, and a {@code send} whose
   * timeout is zero or negative, return false and leave the element to their caller; a clause of a
   * {@link Select} waits for space.
   */
  DROP_NEWEST,

  /** As {@link #DROP_OLDEST} with a capacity of 1: receivers see the latest element. */
  CONFLATE
}
