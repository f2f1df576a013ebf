package dev.touchstone.concurrency.channel;

/** One side of a channel as a {@link Select} sees it: a line it can stand in beside others. */
interface Line {

  /** Puts a waiter at the end, or, if it was chosen or sent away before, back at the front. */
  void join(Waiter waiter);

  /** Takes a waiter out, wherever it is, and passes on the wake-up it may have had. */
  void leave(Waiter waiter);
}
