package dev.touchstone.concurrency.limit;

/**
 * Decides how much may be done at once, from what came of the work before.
 *
 * <p>Implementations must be safe for use by several threads and must not block.
 */
public interface Limit {

  /** Returns the limit of this moment, at least 1. */
  int current();

  /**
   * Learns from work that has ended.
   *
   * @param rttNanos how long it took, in nanoseconds
   * @param inFlight how much was being done when it started, itself included
   * @param outcome whether it succeeded or was dropped; what was ignored is not told
   */
  void onSample(long rttNanos, int inFlight, Outcome outcome);

  /** What came of a piece of work. */
  enum Outcome {
    /** It got through. */
    SUCCESS,
    /** It timed out or was turned away: a sign of overload. */
    DROPPED
  }

  /**
   * Returns a limit that stays as it is. Samples are not taken for it.
   *
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  static Limit fixed(int limit) {
    return new FixedLimit(limit);
  }

  /**
   * Returns a limit that grows by 1 with each success while at least half of it is used, and shrinks
   * to 9/10 with each drop: additive increase, multiplicative decrease.
   *
   * <p><b>Source:</b> D. Chiu, R. Jain, <i>Analysis of the Increase and Decrease Algorithms for
   * Congestion Avoidance in Computer Networks</i>, 1989.
   *
   * @param min the lowest value, at least 1
   * @param initial the first value, from {@code min} to {@code max}
   * @param max the highest value
   * @throws IllegalArgumentException if the numbers are not in that order
   */
  static Limit aimd(int min, int initial, int max) {
    return new AimdLimit(min, initial, max);
  }
}
