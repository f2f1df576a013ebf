package dev.touchstone.examples.tour;

import dev.touchstone.examples.scraper.CrawlReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The figures of a tour.
 *
 * @param site the address of the site that was crawled
 * @param crawl the figures of the crawl
 * @param assays how many answers the API gave
 * @param attempts how many requests they took, repeated ones included
 * @param folder where the files lie: {@code pages.jsonl} and {@code assays.jsonl}
 * @param elapsed how long it took
 */
public record TourReport(
    URI site, CrawlReport crawl, int assays, int attempts, Path folder, Duration elapsed) {}
