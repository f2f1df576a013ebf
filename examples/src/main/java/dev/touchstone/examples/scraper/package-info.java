/**
 * A web crawler that is polite and cannot be killed: it starts at one address, follows the links of
 * every HTML page within the same site, and writes down what it found.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.Crawler}. One thread decides (what is known, what
 * comes next, what is written) and commits; workers fetch and parse. They are joined by two bounded
 * channels, so a slow site or a slow disk slows everything down instead of filling the memory.
 *
 * <table>
 * <caption>The packages below</caption>
 * <tr><td>{@code frontier}</td><td>what is known, and the commit that keeps it</td></tr>
 * <tr><td>{@code politeness}</td><td>which host may be asked when, and for what</td></tr>
 * <tr><td>{@code fetch}</td><td>one request, one answer, within limits</td></tr>
 * <tr><td>{@code rule}</td><td>where the crawl goes, and why not elsewhere</td></tr>
 * <tr><td>{@code extract}</td><td>what is taken from a page</td></tr>
 * <tr><td>{@code sitemap}</td><td>addresses that a site lists</td></tr>
 * <tr><td>{@code definition}</td><td>the file that says all this</td></tr>
 * <tr><td>{@code page}</td><td>what is at an address, and how HTML is read</td></tr>
 * <tr><td>{@code sink}</td><td>what is written</td></tr>
 * <tr><td>{@code address}</td><td>one form and one number for each address</td></tr>
 * <tr><td>{@code dashboard}</td><td>pages for a browser</td></tr>
 * </table>
 */
@NullMarked
package dev.touchstone.examples.scraper;

import org.jspecify.annotations.NullMarked;
