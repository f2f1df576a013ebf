package dev.touchstone.examples.scraper.fetch;

/** What is kept of answers beside their pages. Of what nobody wants, the body is not even read. */
public enum Keep {
  /** The answers as they came, for an archive. */
  EXCHANGES,
  /** The addresses that sitemaps list. */
  SITEMAPS
}
