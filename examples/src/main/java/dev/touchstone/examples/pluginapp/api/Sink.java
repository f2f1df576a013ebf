package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;

/** An extension point: where rows go. */
public interface Sink extends Part {

  /**
   * Opens it for a run, at the bookmark if there is one; without one, what was there before is written
   * over.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if the options are not as they must be
   * @throws IOException if it cannot be opened; the message says what to do
   */
  RowWriter open(Assignment assignment) throws IOException;
}
