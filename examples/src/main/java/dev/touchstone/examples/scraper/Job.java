package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.extract.Harvest;
import dev.touchstone.examples.scraper.fetch.Fetched;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer;

/** What a worker is given to do. */
sealed interface Job {

  /** Fetch an address. */
  record FetchPage(Lease lease) implements Job {}

  /** Ask for the {@code robots.txt} of an origin. */
  record FetchRobots(String origin) implements Job {}

  /** What a worker gives back. */
  sealed interface Result {}

  /** An address was fetched, and what there is was taken from its page, which is gone. */
  record PageFetched(Lease lease, Fetched fetched, Harvest harvest) implements Result {

    Visit visit() {
      return new Visit(lease, fetched.outcome(), fetched.validators());
    }
  }

  /** A {@code robots.txt} was asked for. */
  record RobotsFetched(String origin, RobotsAnswer answer) implements Result {}
}
