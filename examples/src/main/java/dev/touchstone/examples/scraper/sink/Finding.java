package dev.touchstone.examples.scraper.sink;

import dev.touchstone.examples.scraper.extract.Item;
import dev.touchstone.examples.scraper.fetch.Exchange;
import dev.touchstone.examples.scraper.frontier.Visit;
import java.util.List;
import java.util.Optional;

/**
 * An address that is done, and all that came of it.
 *
 * @param visit the address and what became of it
 * @param items the items that were taken from the page
 * @param exchange the answer as it came, if it is kept
 */
public record Finding(Visit visit, List<Item> items, Optional<Exchange> exchange) {

  /** Copies the items. */
  public Finding {
    items = List.copyOf(items);
  }
}
