/**
 * What is taken from a page: items with typed fields, and the links to follow.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.extract.Extractor}, which is read from the entries
 * {@code items} and {@code follow} of a crawl's definition. Everything that can be wrong with a
 * definition is found when it is read, and said with file, line and column; what is wrong with a page is
 * a {@link dev.touchstone.examples.scraper.extract.Problem}, and the crawl goes on.
 */
@NullMarked
package dev.touchstone.examples.scraper.extract;

import org.jspecify.annotations.NullMarked;
