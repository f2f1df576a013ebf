package dev.touchstone.apiclient.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to the bytes of one direction.
 *
 * <p><b>Source:</b> the toxics of Shopify's Toxiproxy, after which they are modelled.
 */
public sealed interface Fault {

  /**
   * Delivers every chunk late.
   *
   * @param delay how late at least
   * @param jitter up to how much later than that, drawn for each chunk
   */
  record Latency(Duration delay, Duration jitter) implements Fault {

    /** Checks that neither is negative. */
    public Latency {
      checkNotNegative(delay, "delay");
      checkNotNegative(jitter, "jitter");
    }
  }

  /**
   * Delivers no more than a number of bytes in a second.
   *
   * @param bytesPerSecond at least 1
   */
  record Bandwidth(int bytesPerSecond) implements Fault {

    /** Checks that it is positive. */
    public Bandwidth {
      checkPositive(bytesPerSecond, "bytesPerSecond");
    }
  }

  /**
   * Delivers chunks in pieces, so that a reader sees fields, lines and numbers in halves.
   *
   * @param most the largest piece in bytes; the size of each is drawn
   * @param pause the time between two pieces
   */
  record Slicer(int most, Duration pause) implements Fault {

    /** Checks the bounds. */
    public Slicer {
      checkPositive(most, "most");
      checkNotNegative(pause, "pause");
    }
  }

  /**
   * Closes both connections after a number of bytes, counted from when the fault was injected.
   *
   * @param bytes how many are delivered; may be 0
   */
  record LimitData(long bytes) implements Fault {

    /** Checks that it is not negative. */
    public LimitData {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
      }
    }
  }

  /**
   * Resets both connections when the next byte comes, in place of delivering it.
   *
   * @param after how long after that byte
   */
  record ResetPeer(Duration after) implements Fault {

    /** Checks that it is not negative. */
    public ResetPeer {
      checkNotNegative(after, "after");
    }
  }

  /** Swallows what is sent, and the end of it: the other side hears nothing and never will. */
  record HalfOpen() implements Fault {}

  /**
   * Tells the other side late that this one has closed.
   *
   * @param delay how late
   */
  record SlowClose(Duration delay) implements Fault {

    /** Checks that it is not negative. */
    public SlowClose {
      checkNotNegative(delay, "delay");
    }
  }

  private static void checkNotNegative(Duration value, String name) {
    if (requireNonNull(value, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
  }

  private static void checkPositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
