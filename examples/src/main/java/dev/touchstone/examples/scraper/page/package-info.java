/**
 * What is at an address: the kinds of answers, and how HTML is read.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.page.Outcome}, the sealed set of all that can
 * become of an address.
 */
@NullMarked
package dev.touchstone.examples.scraper.page;

import org.jspecify.annotations.NullMarked;
