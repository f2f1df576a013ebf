package dev.touchstone.examples.web;

import java.net.BindException;

/** Thrown when a server cannot be started or stopped; the message says why. */
public final class WebServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WebServerException(int port, Exception cause) {
    super(message(port, cause), cause);
  }

  private static String message(int port, Exception cause) {
    for (Throwable failure = cause; failure != null; failure = failure.getCause()) {
      if (failure instanceof BindException) {
        return "port %d is taken or may not be used (%s); choose another, or 0 for a free one"
            .formatted(port, failure.getMessage());
      }
    }
    return "the web server on port %d failed: %s".formatted(port, cause.getMessage());
  }
}
