/**
 * Sitemaps: lists of addresses that a site makes for robots.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.sitemap.Sitemap}.
 */
@NullMarked
package dev.touchstone.examples.scraper.sitemap;

import org.jspecify.annotations.NullMarked;
