package dev.touchstone.examples.cli;

/**
 * Thrown by a command that cannot do what it was asked. The message is all that the user sees, so it
 * says what was found and what to do; the exit status is {@value ExitStatus#FAILED}.
 */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }

  CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
