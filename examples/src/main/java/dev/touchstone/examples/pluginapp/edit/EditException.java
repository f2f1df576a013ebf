package dev.touchstone.examples.pluginapp.edit;

/** Thrown when an editor is asked for what cannot be; the message is for the user. Nothing changed. */
public final class EditException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EditException(String message) {
    super(message);
  }

  EditException(String message, Throwable cause) {
    super(message, cause);
  }
}
