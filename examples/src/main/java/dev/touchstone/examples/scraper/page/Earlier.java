package dev.touchstone.examples.scraper.page;

import static java.util.Objects.requireNonNull;

/**
 * What is kept of the visit before to an address that is visited again.
 *
 * @param isPage whether it was an HTML page
 * @param bytes the size of the page after decompression, 0 if it was none
 * @param validators the version that it was
 */
public record Earlier(boolean isPage, long bytes, Validators validators) {

  /** Checks that the validators are there. */
  public Earlier {
    requireNonNull(validators, "validators");
  }
}
