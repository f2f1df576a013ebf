/**
 * The definition of a crawl: a file in YAML that says where it goes, how fast, what it takes from the
 * pages and where that is written.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.definition.CrawlDefinition}. Every key, its default
 * and its unit stand in {@code docs/crawl-definition.md}.
 */
@NullMarked
package dev.touchstone.examples.scraper.definition;

import org.jspecify.annotations.NullMarked;
