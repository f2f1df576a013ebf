package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Link;

/**
 * An address that was taken from a frontier to be visited.
 *
 * @param id its number in the frontier
 * @param link the address and how the crawl came to it
 * @param attempts how often it was visited before, without a lasting answer
 */
public record Lease(long id, Link link, int attempts) {}
