package dev.touchstone.patterns.command;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a journal cannot be opened, read or written.
 *
 * @see CorruptJournalException
 */
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
