package dev.touchstone.examples.gateway.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was done for one request, and when. Immutable.
 *
 * @param id the identifier of the request
 * @param route the method and the template of its route
 * @param at when it came
 * @param took how long it took
 * @param status the status of the answer
 * @param parts the calls; empty if the answer was kept from before
 */
public record Waterfall(
    String id, String route, Instant at, Duration took, int status, List<Part> parts) {

  /** Copies the list. */
  public Waterfall {
    parts = List.copyOf(parts);
  }
}
