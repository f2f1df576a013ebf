package dev.touchstone.examples.scraper.sink;

import dev.touchstone.examples.scraper.frontier.Visit;

/**
 * Writes down what became of addresses. What it writes it appends to files of {@link OutputFiles}, at
 * once: a sink that kept something back would break the commit.
 *
 * <p>Confined to the thread that commits.
 */
@FunctionalInterface
public interface Sink {

  /**
   * Appends the records of one visit, if there are any.
   *
   * @throws OutputException if a file cannot be written
   */
  void write(Visit visit);
}
