package dev.touchstone.examples.scraper.frontier;

/**
 * Something that happened to an address on its way, such as a failure after which it is tried again.
 *
 * @param lease the address
 * @param text what happened, in one line
 */
public record Note(Lease lease, String text) {}
