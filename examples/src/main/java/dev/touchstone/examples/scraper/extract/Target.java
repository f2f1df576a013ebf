package dev.touchstone.examples.scraper.extract;

import java.net.URI;

/**
 * A link to follow.
 *
 * @param address canonical
 * @param priority higher ones are followed earlier
 */
public record Target(URI address, int priority) {}
