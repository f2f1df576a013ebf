package dev.touchstone.examples.scraper;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * The addresses that are known and not yet visited, in the order of their discovery. Each address
 * comes out once, however often it is added.
 *
 * <p>Confined to one thread. Holds every address of the site in memory.
 */
final class Frontier {

  private final Set<URI> known = new HashSet<>();
  private final Queue<Link> waiting = new ArrayDeque<>();

  void add(Link link) {
    if (known.add(link.uri())) {
      waiting.add(link);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** Returns the next address; there must be one. */
  Link next() {
    return waiting.remove();
  }
}
