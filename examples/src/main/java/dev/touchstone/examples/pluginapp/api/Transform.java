package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;

/** An extension point: what is done to rows on their way. */
public interface Transform extends Part {

  /**
   * Opens it for a run. There is never a bookmark: what a transform does to a row depends on nothing
   * but the row and the options.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if the options are not as they must be
   * @throws IOException if something it needs cannot be read
   */
  RowStep open(Assignment assignment) throws IOException;
}
