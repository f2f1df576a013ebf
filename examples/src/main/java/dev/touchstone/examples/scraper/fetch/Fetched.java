package dev.touchstone.examples.scraper.fetch;

import dev.touchstone.examples.scraper.page.HtmlPage;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.Validators;
import dev.touchstone.examples.scraper.politeness.Reply;
import dev.touchstone.examples.scraper.sitemap.Sitemap;
import java.util.Optional;

/**
 * What one request for an address led to.
 *
 * @param outcome what became of the address, if it is not tried again
 * @param reply how the host took it
 * @param page the page, if the outcome is one
 * @param sitemap the addresses that it lists, if it is a sitemap and these are wanted
 * @param exchange the answer as it came, if that is kept and there was one that is no error
 * @param validators the version of the content, if the answer has all of it
 */
public record Fetched(
    Outcome outcome,
    Reply reply,
    Optional<HtmlPage> page,
    Optional<Sitemap> sitemap,
    Optional<Exchange> exchange,
    Validators validators) {

  Fetched(Outcome outcome, Reply reply) {
    this(outcome, reply, Optional.empty(), Optional.empty(), Optional.empty(), Validators.NONE);
  }

  /** Returns the same without the page, whose tree is large. */
  public Fetched withoutPage() {
    return new Fetched(outcome, reply, Optional.empty(), sitemap, exchange, validators);
  }

  /** Returns whether the same request may well lead to something else later. */
  public boolean isTemporary() {
    return !(reply instanceof Reply.Answered);
  }
}
