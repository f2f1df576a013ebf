package dev.touchstone.examples.tour;

import org.jspecify.annotations.Nullable;

/** Says why a tour cannot go on, and what to do; the message is for the user. */
public final class TourException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TourException(String message) {
    super(message);
  }

  TourException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
