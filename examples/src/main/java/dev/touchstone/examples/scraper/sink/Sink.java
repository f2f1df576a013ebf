package dev.touchstone.examples.scraper.sink;

/**
 * Writes down what came of addresses. What it writes it appends to files of {@link OutputFiles} or to its
 * {@link Tables}, at once: a sink that kept something back would break the commit.
 *
 * <p>Confined to the thread that commits.
 */
@FunctionalInterface
public interface Sink {

  /**
   * Appends the records of one address, if there are any.
   *
   * @throws OutputException if a file cannot be written
   */
  void write(Finding finding);
}
