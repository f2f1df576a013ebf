package dev.touchstone.examples.tour;

import dev.touchstone.examples.scraper.CrawlEvent;
import java.net.URI;

/** What the tour tells about itself while it runs. */
public sealed interface TourEvent {

  /**
   * The site and the API are up.
   *
   * @param site the address of the first page
   */
  record Opened(URI site) implements TourEvent {}

  /**
   * The crawl dealt with an address.
   *
   * @param visit the address and the figures so far
   */
  record Crawled(CrawlEvent.Visited visit) implements TourEvent {}

  /**
   * The API answered.
   *
   * @param done how many answers there are
   * @param total how many there will be
   */
  record Assayed(int done, int total) implements TourEvent {}
}
