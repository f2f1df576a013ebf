package dev.touchstone.examples.scraper.frontier;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * All that one step of a crawl changes.
 *
 * @param visits the addresses that are done
 * @param found the addresses that were found on them, known ones included
 * @param again the addresses to be visited once more
 * @param rows the records that are kept in the database
 * @param offsets the length of each output file, by name, with the records of these visits; so long
 *     the file must already be on the disk
 * @param trail what was decided on the way
 */
public record Commit(
    List<Visit> visits,
    List<Found> found,
    List<Lease> again,
    List<Row> rows,
    Map<String, Long> offsets,
    Trail trail) {

  /** Copies the lists. */
  public Commit {
    visits = List.copyOf(visits);
    found = List.copyOf(found);
    again = List.copyOf(again);
    rows = List.copyOf(rows);
    offsets = Map.copyOf(offsets);
    requireNonNull(trail, "trail");
  }

  /** Makes a commit of which nobody will ask why, without records in the database. */
  public Commit(
      List<Visit> visits, List<Found> found, List<Lease> again, Map<String, Long> offsets) {
    this(visits, found, again, List.of(), offsets, Trail.NONE);
  }

  /** Returns the commit that a crawl starts with. */
  public static Commit start(List<Found> seeds) {
    return new Commit(List.of(), seeds, List.of(), Map.of());
  }
}
