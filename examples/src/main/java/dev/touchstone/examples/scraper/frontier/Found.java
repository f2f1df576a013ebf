package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.util.Optional;

/**
 * An address that a crawl came upon, known before or not.
 *
 * @param address canonical
 * @param depth how many links it is away from a seed, which has 0
 * @param priority higher ones are visited earlier
 * @param on the page that names it; empty for a seed
 */
public record Found(URI address, int depth, int priority, Optional<Lease> on) {

  /** Returns an address that the crawl starts at. */
  public static Found seed(URI address) {
    return new Found(address, 0, 0, Optional.empty());
  }
}
