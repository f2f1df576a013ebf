package dev.touchstone.examples.scraper.sink;

import java.io.IOException;
import java.nio.file.Path;

/** Where output files are: on the disk, or on one that a test can take the power from. */
@FunctionalInterface
public interface Storage {

  /**
   * Opens a file and cuts off what is behind a length. A file that does not exist is created, if the
   * length is 0.
   *
   * @throws IOException if it cannot be opened, or is shorter than that
   */
  AppendFile open(Path file, long length) throws IOException;

  /** Returns the disk. */
  static Storage disk() {
    return DiskFile::open;
  }
}
