package dev.touchstone.examples.scraper.frontier;

/** Thrown when the file of a frontier cannot be read or written; the message says which and why. */
public final class FrontierException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FrontierException(String message, Throwable cause) {
    super(message, cause);
  }
}
