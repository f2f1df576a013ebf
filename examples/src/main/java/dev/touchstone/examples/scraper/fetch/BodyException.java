package dev.touchstone.examples.scraper.fetch;

import java.io.IOException;

/** Thrown when a body is not one that we want to have. The message says why, for the report. */
final class BodyException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyException(String message) {
    super(message);
  }
}
