package dev.touchstone.examples.scraper.fetch;

import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.Reply;

/**
 * What one request for an address led to.
 *
 * @param outcome what became of the address, if it is not tried again
 * @param reply how the host took it
 */
public record Fetched(Outcome outcome, Reply reply) {

  /** Returns whether the same request may well lead to something else later. */
  public boolean isTemporary() {
    return !(reply instanceof Reply.Answered);
  }
}
