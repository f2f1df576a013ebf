package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.Validators;

/**
 * An address that is done.
 *
 * @param lease the address
 * @param outcome what became of it
 * @param validators the version of what is there
 */
public record Visit(Lease lease, Outcome outcome, Validators validators) {

  /** Makes a visit that found nothing of which there are versions. */
  public Visit(Lease lease, Outcome outcome) {
    this(lease, outcome, Validators.NONE);
  }
}
