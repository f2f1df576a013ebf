package dev.touchstone.examples.scraper;

/** What a crawl tells about itself while it runs. */
public sealed interface CrawlEvent {

  /**
   * An address was dealt with.
   *
   * @param link the address
   * @param outcome what became of it
   * @param soFar the figures of the crawl, this address included
   * @param waiting how many addresses are known and not yet visited
   */
  record Visited(Link link, Outcome outcome, CrawlReport soFar, int waiting)
      implements CrawlEvent {}

  /**
   * The crawl ended.
   *
   * @param report its figures
   */
  record Ended(CrawlReport report) implements CrawlEvent {}
}
