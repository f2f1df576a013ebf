package dev.touchstone.examples.scraper.rule;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * An address that a crawl may go to.
 *
 * @param address canonical
 * @param depth how many links it is away from a seed, which has 0
 */
public record Candidate(URI address, int depth) {

  /** Checks that there is an address. */
  public Candidate {
    requireNonNull(address, "address");
  }
}
