package dev.touchstone.examples.scraper.politeness;

import java.time.Duration;
import java.util.Optional;

/** How a host took a request: what the pace of the next ones follows from. */
public sealed interface Reply {

  /**
   * It answered, with whatever status but one that asks for a pause.
   *
   * @param latency how long it took to do so
   */
  record Answered(Duration latency) implements Reply {}

  /**
   * It asked for a pause: 429 or 503.
   *
   * @param pause how long, if it said so
   */
  record Throttled(Optional<Duration> pause) implements Reply {}

  /** It did not answer, or only that it is broken. */
  record Failed() implements Reply {}
}
