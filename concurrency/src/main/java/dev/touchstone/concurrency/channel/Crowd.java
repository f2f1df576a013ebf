package dev.touchstone.concurrency.channel;

/**
 * Remembers for a while that several threads waited at one side of a channel. Both lines of a
 * channel share one.
 *
 * <p>Plain reads and writes: it is a hint for {@link WaitLine}, and a stale one costs time only.
 */
final class Crowd {

  /** How many waits are made in the old way after the last crowd was seen. */
  private static final int MEMORY = 64;

  private int waitsLeft;

  /** Notes that somebody joined a line in which others stood. */
  void wasSeen() {
    waitsLeft = MEMORY;
  }

  /** Returns whether a crowd was seen lately; to be called once per wait. */
  boolean isRemembered() {
    var left = waitsLeft;
    if (left > 0) {
      waitsLeft = left - 1;
    }
    return left > 0;
  }
}
