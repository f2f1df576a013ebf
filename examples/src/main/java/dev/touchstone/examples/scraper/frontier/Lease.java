package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Earlier;
import dev.touchstone.examples.scraper.page.Link;
import java.util.Optional;

/**
 * An address that was taken from a frontier to be visited.
 *
 * @param id its number in the frontier
 * @param link the address and how the crawl came to it
 * @param attempts how often it was visited before, without a lasting answer
 * @param earlier what is kept of the visit before, if the crawl is refreshed
 */
public record Lease(long id, Link link, int attempts, Optional<Earlier> earlier) {}
