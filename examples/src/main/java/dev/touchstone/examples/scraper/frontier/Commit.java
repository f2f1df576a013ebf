package dev.touchstone.examples.scraper.frontier;

import java.util.List;
import java.util.Map;

/**
 * All that one step of a crawl changes.
 *
 * @param visits the addresses that are done
 * @param found the addresses that were found on them, known ones included
 * @param again the addresses to be visited once more
 * @param offsets the length of each output file, by name, with the records of these visits; so long
 *     the file must already be on the disk
 */
public record Commit(
    List<Visit> visits, List<Found> found, List<Lease> again, Map<String, Long> offsets) {

  /** Copies the lists. */
  public Commit {
    visits = List.copyOf(visits);
    found = List.copyOf(found);
    again = List.copyOf(again);
    offsets = Map.copyOf(offsets);
  }

  /** Returns the commit that a crawl starts with. */
  public static Commit start(List<Found> seeds) {
    return new Commit(List.of(), seeds, List.of(), Map.of());
  }
}
