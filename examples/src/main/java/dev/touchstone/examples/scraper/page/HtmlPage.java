package dev.touchstone.examples.scraper.page;

import java.net.URI;
import java.util.List;
import org.jsoup.nodes.Document;

/**
 * An HTML page that has been read. Confined to one thread, as its document is.
 *
 * @param address where it was fetched from
 * @param base what its relative addresses start from
 * @param title its title, with white space collapsed; empty if there is none
 * @param links the canonical addresses that a reader could go to, in the order of the page, each once;
 *     empty if the page asks robots not to follow its links
 * @param document its tree
 * @param source its text
 */
public record HtmlPage(
    URI address, URI base, String title, List<URI> links, Document document, String source) {}
