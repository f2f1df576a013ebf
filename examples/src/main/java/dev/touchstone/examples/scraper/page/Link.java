package dev.touchstone.examples.scraper.page;

import java.net.URI;
import java.util.Optional;

/**
 * An address and how the crawl came to it.
 *
 * @param uri the address, canonical
 * @param depth how many links it is away from the seed, which has 0
 * @param from the page or redirect that named it first; empty for the seed
 */
public record Link(URI uri, int depth, Optional<URI> from) {

  /** Returns the link to an address that a crawl starts at. */
  public static Link seed(URI uri) {
    return new Link(uri, 0, Optional.empty());
  }
}
