package dev.touchstone.examples.gateway.aggregate;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of a call of a plan, for the client and for those who look after the gateway.
 *
 * @param name the name of the call
 * @param outcome what became of it
 * @param reason why it is not what was asked for; empty if it is
 * @param begin when it began, from the start of the request
 * @param took how long it took
 * @param attempts how often backends were asked for it
 */
public record Part(
    String name,
    Outcome outcome,
    Optional<String> reason,
    Duration begin,
    Duration took,
    int attempts) {

  /** What can become of a call. */
  public enum Outcome {
    /** It has its value. */
    COMPLETE,
    /** Some items of its list are not there. */
    PARTIAL,
    /** It has a value that is older. */
    STALE,
    /** It has its default. */
    DEFAULT,
    /** It is not there. */
    ABSENT,
    /** It is not there, and so there is no answer. */
    FAILED
  }
}
