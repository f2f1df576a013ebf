/**
 * A web crawler: it starts at one address, follows the links of every HTML page within the same
 * site, and writes one line of JSON for each address that it visited.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.Crawler}. One thread decides (what is known,
 * what comes next, what is written); workers fetch and parse. They are joined by two bounded channels,
 * so a slow site or a slow disk slows everything down instead of filling the memory.
 */
@NullMarked
package dev.touchstone.examples.scraper;

import org.jspecify.annotations.NullMarked;
