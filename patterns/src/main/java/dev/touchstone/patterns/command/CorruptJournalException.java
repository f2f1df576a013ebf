package dev.touchstone.patterns.command;

import java.nio.file.Path;

/**
 * Thrown when a journal is opened from which commands that were acknowledged are missing.
 *
 * <p>Nothing is repaired or dropped: what to do is for a person to decide.
 */
public final class CorruptJournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long offset;

  CorruptJournalException(Path file, long offset, String problem) {
    super(
        file + " is corrupt at offset " + offset + ": " + problem
            + "; restore the file from a copy, or cut it off there to give up what follows",
        null);
    this.offset = offset;
  }

  /** Returns where in the file the first bad record begins, in bytes. */
  public long offset() {
    return offset;
  }
}
