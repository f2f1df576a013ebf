package dev.touchstone.examples.tour;

import dev.touchstone.examples.scraper.CrawlEvent;
import java.net.URI;

/** What the tour tells about itself while it runs. */
public sealed interface TourEvent {

  /**
   * The site and the API are up.
   *
   * @param site the address of the first page
   * @param isResumed whether it goes on with a tour that came to no end
   */
  record Opened(URI site, boolean isResumed) implements TourEvent {}

  /**
   * The crawl dealt with an address.
   *
   * @param visit the address and the figures so far
   */
  record Crawled(CrawlEvent.Visited visit) implements TourEvent {}

  /**
   * The API answered.
   *
   * @param mineral what about
   */
  record Assayed(String mineral) implements TourEvent {}
}
