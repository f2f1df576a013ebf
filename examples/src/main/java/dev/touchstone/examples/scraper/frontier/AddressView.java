package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an address of a crawl stands.
 *
 * @param address as it is fetched, which may differ from what was asked for in what does not count
 * @param state where it stands
 * @param depth how many links it is away from a seed
 * @param foundOn the page or redirect that named it first; empty for a seed
 * @param attempts how often it was fetched
 * @param outcome what became of it, such as {@code page}; empty if it was never done
 * @param status the status of a redirect or a refusal
 * @param detail its title, target, media type or reason, by its outcome
 * @param foundAt when the crawl came upon it
 * @param doneAt when it was done last; empty if it never was
 */
public record AddressView(
    URI address,
    State state,
    int depth,
    Optional<URI> foundOn,
    int attempts,
    Optional<String> outcome,
    Optional<Integer> status,
    Optional<String> detail,
    Instant foundAt,
    Optional<Instant> doneAt) {

  /** Where an address stands. */
  public enum State {
    /** It is to be visited. */
    QUEUED,
    /** It is being visited. */
    LEASED,
    /** It was visited. */
    DONE
  }
}
