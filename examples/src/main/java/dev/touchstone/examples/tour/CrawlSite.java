package dev.touchstone.examples.tour;

import dev.touchstone.examples.taskqueue.JobKind;

/**
 * The job that crawls the site, and then asks for the others.
 *
 * @param site the address of the first page
 */
@JobKind("tour.crawl")
record CrawlSite(String site) {}
