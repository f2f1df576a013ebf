package dev.touchstone.examples.pluginapp.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A sink that is open. Used by one thread at a time. */
public interface RowWriter extends Closeable {

  /**
   * Writes rows: all of them, or none if this throws, so that they can be written again.
   *
   * @throws IOException if they cannot be written
   */
  void write(List<Row> rows) throws IOException;

  /**
   * Returns where this stands, for the next version of the plugin to go on from. What was written
   * before is in its place by then.
   */
  String bookmark() throws IOException;

  /** Completes what was written; called once, after the last row of a run that did not fail. */
  void finish() throws IOException;

  /** Lets go of everything. Without {@link #finish} before it, what was written is incomplete. */
  @Override
  void close() throws IOException;
}
