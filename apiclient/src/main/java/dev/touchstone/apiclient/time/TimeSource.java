package dev.touchstone.apiclient.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and waits.
 *
 * <p>The time of day is used for what other machines must understand, dates in headers; lengths of
 * time are measured with {@link #nanoTime}, which no change of the system's clock disturbs.
 *
 * <p>Implementations must be safe for use by several threads.
 */
public interface TimeSource {

  /** Returns the time of day. */
  Instant now();

  /** Returns nanoseconds since an arbitrary origin; only differences have a meaning. */
  long nanoTime();

  /**
   * Waits.
   *
   * @param time how long; zero or less returns at once
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void sleep(Duration time) throws InterruptedException;

  /** Returns the time of the Java virtual machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
