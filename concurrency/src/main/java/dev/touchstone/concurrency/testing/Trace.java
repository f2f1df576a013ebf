package dev.touchstone.concurrency.testing;

import java.time.Duration;
import java.util.List;

/**
 * The schedule of one run: which thread went on at each switch.
 *
 * @param seed the seed of the run
 * @param strategy how the schedule was chosen
 * @param switches the names of the threads, in order; unmodifiable
 * @param elapsed how much virtual time has passed
 */
public record Trace(long seed, Strategy strategy, List<String> switches, Duration elapsed) {

  private static final int TAIL = 40;

  /** Copies the switches. */
  public Trace {
    switches = List.copyOf(switches);
  }

  /** Returns the last switches, for a message. */
  String tail() {
    var from = Math.max(0, switches.size() - TAIL);
    return "%d switches in %s of virtual time, the last: %s"
        .formatted(
            switches.size(), elapsed, String.join(" ", switches.subList(from, switches.size())));
  }
}
