package dev.touchstone.examples.scraper.definition;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.extract.ItemExtractors;

/**
 * What definitions may ask for beyond what every crawl knows.
 *
 * @param formats of output
 * @param extractors of items
 */
public record Additions(OutputFormats formats, ItemExtractors extractors) {

  /** Checks for nulls. */
  public Additions {
    requireNonNull(formats, "formats");
    requireNonNull(extractors, "extractors");
  }

  /** Returns nothing. */
  public static Additions none() {
    return new Additions(OutputFormats.none(), ItemExtractors.none());
  }
}
