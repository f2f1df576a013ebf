package dev.touchstone.concurrency.channel;

/** What became of an element that was offered. */
enum Offer {
  ACCEPTED,
  FULL,
  CLOSED
}
