package dev.touchstone.examples.gateway.edge;

import java.net.BindException;

/** Thrown when the edge cannot be started or stopped; the message says why. */
public final class EdgeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EdgeException(EdgeOptions options, Exception cause) {
    super(message(options, cause), cause);
  }

  private static String message(EdgeOptions options, Exception cause) {
    var address = options.host() + ":" + options.port();
    for (Throwable failure = cause; failure != null; failure = failure.getCause()) {
      if (failure instanceof BindException) {
        return "%s is taken or may not be used (%s); choose another port, or 0 for a free one"
            .formatted(address, failure.getMessage());
      }
    }
    return "the edge on %s failed: %s".formatted(address, cause.getMessage());
  }
}
