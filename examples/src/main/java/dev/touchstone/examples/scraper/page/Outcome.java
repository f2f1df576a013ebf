package dev.touchstone.examples.scraper.page;

import java.net.URI;
import java.util.List;

/** What became of one address. */
public sealed interface Outcome {

  /** Returns the word for outcomes of this kind, such as {@code page}. */
  default String kind() {
    return switch (this) {
      case Page page -> "page";
      case Redirect redirect -> "redirect";
      case Other other -> "other";
      case Refused refused -> "refused";
      case Failed failed -> "failed";
      case Excluded excluded -> "excluded";
      case Unchanged unchanged -> "unchanged";
    };
  }

  /** Returns whether there is an HTML page, one that did not change included. */
  default boolean isPage() {
    return this instanceof Page
        || (this instanceof Unchanged unchanged && unchanged.earlier().isPage());
  }

  /**
   * An HTML page.
   *
   * @param title its title, trimmed; empty if it has none
   * @param bytes the size of its body after decompression
   * @param links the addresses it links to, canonical, within and outside the site, each once
   */
  record Page(String title, long bytes, List<URI> links) implements Outcome {}

  /**
   * A page that names another address instead of content.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param target the other address, canonical
   */
  record Redirect(int status, URI target) implements Outcome {}

  /**
   * Content that is not HTML. Its body was not read.
   *
   * @param contentType its media type; empty if the server gave none
   */
  record Other(String contentType) implements Outcome {}

  /**
   * A final answer that is no success, after the retries that it allows.
   *
   * @param status the HTTP status, such as 404
   */
  record Refused(int status) implements Outcome {}

  /**
   * No usable answer, after the retries that the failure allows.
   *
   * @param reason what went wrong, in one line
   */
  record Failed(String reason) implements Outcome {}

  /** Not visited, because {@code robots.txt} asks not to. */
  record Excluded() implements Outcome {}

  /**
   * Still what it was at the visit before, as the server says, which did not send it again. What was
   * recorded then stays.
   *
   * @param earlier what is kept of that visit
   */
  record Unchanged(Earlier earlier) implements Outcome {}
}
