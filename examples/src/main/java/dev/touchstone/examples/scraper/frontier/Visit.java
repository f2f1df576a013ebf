package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Outcome;

/**
 * An address that is done.
 *
 * @param lease the address
 * @param outcome what became of it
 */
public record Visit(Lease lease, Outcome outcome) {}
