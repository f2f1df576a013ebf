package dev.touchstone.examples.scraper.sink;

import java.io.Closeable;
import java.io.IOException;

/** A file that only grows. Not for several threads. */
public interface AppendFile extends Closeable {

  /** Appends bytes, which need not reach the disk before {@link #force}. */
  void append(byte[] bytes) throws IOException;

  /** Returns when everything that was appended is on the disk, and would outlive a power cut. */
  void force() throws IOException;

  /** Returns the length of the file, everything that was appended included. */
  long length();

  /** Closes the file. What was appended after the last {@link #force} may be lost. */
  @Override
  void close() throws IOException;
}
