package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a crawl keeps of one address.
 *
 * @param address where it stands; empty if the crawl does not go to it
 * @param rejection why not, if the crawl came upon it and remembers
 * @param incidents what happened to it on its way, in that order
 * @param trail the way to it: from a seed on, what named the next one; itself last. Empty if the crawl
 *     does not go to it.
 */
public record AddressHistory(
    Optional<AddressView> address,
    Optional<Rejection> rejection,
    List<Incident> incidents,
    List<URI> trail) {

  /**
   * Why the crawl does not go to an address that it came upon.
   *
   * @param depth how many links the address is away from a seed
   * @param foundOn the page that named it first; empty if that was {@code robots.txt}
   * @param reason why not
   */
  public record Rejection(int depth, Optional<URI> foundOn, String reason) {}

  /**
   * Something that happened.
   *
   * @param at when
   * @param text what
   */
  public record Incident(Instant at, String text) {}

  /** Copies the lists. */
  public AddressHistory {
    incidents = List.copyOf(incidents);
    trail = List.copyOf(trail);
  }
}
