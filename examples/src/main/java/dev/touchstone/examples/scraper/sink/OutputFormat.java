package dev.touchstone.examples.scraper.sink;

/**
 * A format of output files that somebody else knows: the extension point of plugins for {@code out:} in
 * the definition of a crawl.
 *
 * <p>Has no state of a crawl, so that a plugin can be replaced while one runs: what must be known stands
 * in the file. Called by the thread that commits; by several, if several crawls run.
 */
public interface OutputFormat {

  /** Returns the word for it in a definition. */
  String name();

  /**
   * Appends the records of one address, if there are any.
   *
   * @param file where; its length is 0 for the first
   * @throws OutputException if the file cannot be written
   */
  void write(Finding finding, OutputFiles.Output file);
}
