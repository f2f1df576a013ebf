package dev.touchstone.examples.pluginapp.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A source that is open. Used by one thread at a time. */
public interface RowReader extends Closeable {

  /**
   * Returns the next rows.
   *
   * @param max how many at most, at least 1
   * @return at least one; none at the end
   * @throws IOException if they cannot be read
   */
  List<Row> read(int max) throws IOException;

  /** Returns where this stands, for the next version of the plugin to go on from. */
  String bookmark();
}
