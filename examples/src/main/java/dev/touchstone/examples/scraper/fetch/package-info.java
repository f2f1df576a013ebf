/**
 * How answers are got: one request, one answer, within limits.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.fetch.PageFetcher}. Nothing here waits for another
 * time or tries twice: that is up to the one who schedules, so that no worker sleeps.
 */
@NullMarked
package dev.touchstone.examples.scraper.fetch;

import org.jspecify.annotations.NullMarked;
