package dev.touchstone.patterns.plugin;

import java.time.Duration;

/**
 * How long a host waits.
 *
 * @param start for a plugin to start
 * @param stop for each call that belongs to stopping it
 * @param drain for the uses of its extensions to end
 * @param reclaim for its memory to come free; zero: does not look
 */
record Limits(Duration start, Duration stop, Duration drain, Duration reclaim) {

  /** How long a step of such a call waits: there is time left to say what did not end. */
  Duration step() {
    return stop.dividedBy(2);
  }
}
