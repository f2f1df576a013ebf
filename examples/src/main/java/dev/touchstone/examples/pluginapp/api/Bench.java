package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a {@link Command} has of the workbench. */
public interface Bench {

  /** Prints a line. */
  void print(String line);

  /**
   * Returns the first rows of a file, read by the source that says it can.
   *
   * @param max how many at most
   * @throws IOException if there is no such file, no source for it, or if it cannot be read
   */
  List<Row> rows(Path file, int max) throws IOException;

  /** Tells all {@link RunWatcher watchers} something; the other plugins among them. */
  void tell(WorkbenchEvent.Said event);
}
