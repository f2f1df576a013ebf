package dev.touchstone.examples.scraper;

/** Thrown when a site cannot be crawled at all; the message says which and why. */
public final class SiteUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SiteUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
