package dev.touchstone.patterns.command;

/** Thrown when a command is sent for whose class no handler is registered. */
public final class NoHandlerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoHandlerException(Class<?> command, int handlers) {
    super("no handler for " + command.getName() + " among the " + handlers
        + " of this bus; register one by handle(" + command.getSimpleName() + ".class, ...)");
  }
}
