package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The origins that a crawl stays within: those of its seeds, and those that a seed redirects to. */
final class Scope {

  private final Set<String> origins = new HashSet<>();

  void include(URI address) {
    origins.add(Addresses.origin(address));
  }

  boolean contains(URI address) {
    return origins.contains(Addresses.origin(address));
  }
}
