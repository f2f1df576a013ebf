package dev.touchstone.faults;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * A server that goes away for a minute and comes back with the capacity that it had, and the load
 * that it sees: second by second. Safe for use by several threads.
 */
final class Outage {

  /** Seconds before it. */
  static final int BEFORE = 5;

  /** How many seconds it lasts. */
  static final int DOWN = 60;

  /** Seconds after it. */
  static final int AFTER = 15;

  /** Seconds in all. */
  static final int SECONDS = BEFORE + DOWN + AFTER;

  /** What the server can do, in parts of what it is asked for when all is well. */
  static final double CAPACITY = 1.2;

  private static final double WELL = 0.99;

  private final int callsPerSecond;
  private final AtomicIntegerArray attempts = new AtomicIntegerArray(SECONDS);
  private final AtomicIntegerArray succeeded = new AtomicIntegerArray(SECONDS);

  Outage(int callsPerSecond) {
    this.callsPerSecond = callsPerSecond;
  }

  int callsPerSecond() {
    return callsPerSecond;
  }

  /** Asks the server once; returns whether it takes the request. */
  boolean attempt(double atSeconds) {
    var second = second(atSeconds);
    var load = attempts.incrementAndGet(second);
    return (second < BEFORE || second >= BEFORE + DOWN) && load <= CAPACITY * callsPerSecond;
  }

  /** Counts a call that came to a good end. */
  void succeeded(double begunAtSeconds) {
    succeeded.incrementAndGet(second(begunAtSeconds));
  }

  /** Returns the load of a second, in parts of the calls that were made in it. */
  double load(int second) {
    return (double) attempts.get(second) / callsPerSecond;
  }

  /** Returns by how much the load of the outage is more than one attempt for each call. */
  double extraLoad() {
    return IntStream.range(BEFORE, BEFORE + DOWN).mapToDouble(this::load).sum() / DOWN - 1;
  }

  /**
   * Returns how many seconds pass after the outage until, from then on, 99 of 100 calls succeed; the
   * calls count in the second that they begin in.
   */
  int secondsToRecover() {
    var well = SECONDS;
    while (well > BEFORE + DOWN && succeeded.get(well - 1) >= WELL * callsPerSecond) {
      well--;
    }
    return well - BEFORE - DOWN;
  }

  /* What is still waiting at the end counts for the last second. */
  private static int second(double atSeconds) {
    return Math.min(SECONDS - 1, (int) atSeconds);
  }
}
