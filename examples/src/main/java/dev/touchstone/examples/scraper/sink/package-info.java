/**
 * What a crawl writes: files that only grow, and whose length is part of each commit.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.sink.Sink}. A sink appends to files of {@link
 * dev.touchstone.examples.scraper.sink.OutputFiles}, which are on the disk before the commit that counts
 * on them, and are cut back to the last commit when a crawl is resumed: so no record is lost, none is
 * there twice, and none is there by half.
 */
@NullMarked
package dev.touchstone.examples.scraper.sink;

import org.jspecify.annotations.NullMarked;
