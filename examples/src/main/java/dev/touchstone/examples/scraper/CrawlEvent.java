package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.extract.Harvest;
import dev.touchstone.examples.scraper.page.Link;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.HostState;
import dev.touchstone.examples.scraper.politeness.HostView;
import java.time.Duration;
import java.util.List;

/** What a crawl tells about itself while it runs, by the thread that crawls. */
public sealed interface CrawlEvent {

  /**
   * An address was dealt with. It is committed a moment later.
   *
   * @param link the address
   * @param outcome what became of it
   * @param soFar the figures of the crawl, this address included
   */
  record Visited(Link link, Outcome outcome, CrawlReport soFar) implements CrawlEvent {}

  /**
   * Something was taken from a page, or is not there as the definition expects it.
   *
   * @param link the address of the page
   * @param harvest the items and the problems
   */
  record Harvested(Link link, Harvest harvest) implements CrawlEvent {}

  /**
   * An address will be tried again, because its failure is temporary.
   *
   * @param link the address
   * @param outcome what would have become of it
   * @param attempts how often it was tried
   */
  record Postponed(Link link, Outcome outcome, int attempts) implements CrawlEvent {}

  /**
   * A host is left alone for a while.
   *
   * @param host the host
   * @param reason why
   * @param pause for how long from now on
   */
  record Paused(HostView host, HostState.Reason reason, Duration pause) implements CrawlEvent {}

  /**
   * What all hosts are doing; told once a second, and when a {@code robots.txt} has come.
   *
   * @param hosts every known host, in no order
   * @param now the time since the start of the crawl
   */
  record Hosts(List<HostView> hosts, Duration now) implements CrawlEvent {}

  /**
   * A step of the crawl is on the disk.
   *
   * @param visits how many addresses it dealt with
   * @param found how many addresses it came upon that were not known
   */
  record Committed(int visits, int found) implements CrawlEvent {}

  /**
   * The crawl ended.
   *
   * @param report its figures
   */
  record Ended(CrawlReport report) implements CrawlEvent {}
}
