package dev.touchstone.concurrency.channel;

import org.jspecify.annotations.Nullable;

/** A waiter that an element is handed to, or taken from; see {@link HandOffChannel}. */
class Party<T> extends Waiter {

  /** What a sender brings or a receiver was given. Written with the lock of the channel held. */
  @Nullable
  T element;

  /** Whether this party left the line itself, because it gave up. */
  boolean withdrew;

  Party(@Nullable Deadline deadline) {
    super(deadline);
  }
}
