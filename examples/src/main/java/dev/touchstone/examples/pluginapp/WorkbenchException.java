package dev.touchstone.examples.pluginapp;

/** Thrown when the workbench is asked for what cannot be; the message is for the user. */
public final class WorkbenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WorkbenchException(String message) {
    super(message);
  }

  WorkbenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
