package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;
import java.util.List;

/** A transform that is open. Used by one thread at a time. */
@FunctionalInterface
public interface RowStep {

  /**
   * Returns what becomes of a row: itself, another, several, or none.
   *
   * @throws IOException if that cannot be told
   */
  List<Row> apply(Row row) throws IOException;
}
