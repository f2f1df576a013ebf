package dev.touchstone.examples.scraper;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a folder cannot be used as the home of a crawl; the message says why. */
public final class CrawlHomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CrawlHomeException(String message) {
    super(message);
  }

  CrawlHomeException(String message, IOException cause) {
    super(message, cause);
  }

  CrawlHomeException(Path folder, IOException cause) {
    super("cannot keep a crawl in %s: %s".formatted(folder, cause), cause);
  }
}
