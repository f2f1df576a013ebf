package dev.touchstone.examples.scraper.frontier;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a step of a crawl decided, for those who ask why.
 *
 * @param at when
 * @param rejected the addresses that it does not go to; of these only the first 10,000 of a crawl are
 *     kept, because a trap makes them without end
 * @param notes what happened to addresses on their way
 * @param robots the text of each {@code robots.txt} that was fetched, by origin
 */
public record Trail(
    Instant at, List<Rejected> rejected, List<Note> notes, Map<String, String> robots) {

  /** Nothing was decided. */
  public static final Trail NONE = new Trail(Instant.EPOCH, List.of(), List.of(), Map.of());

  /** Copies the lists. */
  public Trail {
    requireNonNull(at, "at");
    rejected = List.copyOf(rejected);
    notes = List.copyOf(notes);
    robots = Map.copyOf(robots);
  }
}
