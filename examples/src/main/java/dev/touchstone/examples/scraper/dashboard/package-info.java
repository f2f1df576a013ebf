/**
 * The dashboard of a crawl: read-only pages about one that runs in this process, in another one, or not
 * any more.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.dashboard.CrawlDashboard}. What is committed is
 * read from the folder of the crawl; the speed, and what hosts are doing, only the process knows that
 * crawls, and tells it by events.
 */
@NullMarked
package dev.touchstone.examples.scraper.dashboard;

import org.jspecify.annotations.NullMarked;
