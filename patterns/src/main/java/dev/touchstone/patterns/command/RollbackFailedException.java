package dev.touchstone.patterns.command;

/**
 * Thrown when an edit failed and its target could not be brought back to where it was.
 *
 * <p>The cause is the failure of the edit; what kept it from being taken back is suppressed in that.
 * The {@link History} that executed it is broken from then on.
 */
public final class RollbackFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RollbackFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
