package dev.touchstone.patterns.observe;

import java.time.Duration;

/** A listener's place in a {@link Signal} or an {@link EventBus}. Safe for use by several threads. */
public interface Subscription extends AutoCloseable {

  /**
   * Ends the subscription. Does not block; ending it again does nothing.
   *
   * <p>After this has returned, the calling thread makes no further call to the listener, not even
   * for an event whose delivery is under way; other threads at most finish calls that they had
   * already begun. Events waiting for the listener are dropped.
   */
  @Override
  void close();

  /**
   * Ends the subscription and waits for the calls that other threads have begun.
   *
   * <p>When this has returned true, no call is under way but those that the calling thread is itself
   * inside of, so that what the listener uses may be taken down.
   *
   * @param limit how long to wait at most
   * @return whether the calls ended in time
   * @throws InterruptedException if the thread is interrupted while it waits; the subscription has
   *     ended then
   * @throws UnsupportedOperationException if the calls of this subscription are not counted: it was
   *     not registered as {@link Registration#tracked() tracked}
   */
  boolean closeAndAwait(Duration limit) throws InterruptedException;

  /** Returns whether the subscription is still in force. */
  boolean isActive();
}
