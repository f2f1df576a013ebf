package dev.touchstone.examples.scraper;

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

  static Link seed(URI uri) {
    return new Link(uri, 0, Optional.empty());
  }

  Link to(URI target) {
    return new Link(target, depth + 1, Optional.of(uri));
  }

  Link movedTo(URI target) {
    return new Link(target, depth, Optional.of(uri));
  }
}
