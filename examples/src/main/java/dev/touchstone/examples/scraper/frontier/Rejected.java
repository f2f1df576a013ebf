package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.util.Optional;

/**
 * An address that the crawl came upon and does not go to.
 *
 * @param address canonical
 * @param depth how many links it is away from a seed
 * @param reason why not, in a few words
 * @param on the page that names it; empty for one that a sitemap or the like names
 */
public record Rejected(URI address, int depth, String reason, Optional<Lease> on) {}
