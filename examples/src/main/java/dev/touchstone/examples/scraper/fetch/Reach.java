package dev.touchstone.examples.scraper.fetch;

/** Where requests may go. What counts is the address that is connected to, on every hop. */
public enum Reach {
  /** To addresses of the public internet. */
  PUBLIC,
  /** To any address, those of this machine and of its private networks included. */
  ANYWHERE
}
