/**
 * Web addresses: one form for each, and one number for each.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.address.Addresses}, which gives an address its
 * canonical form: the one that is fetched. {@link dev.touchstone.examples.scraper.address.Fingerprint}
 * is the number that tells whether an address is known already; it forgets what makes two addresses
 * differ without leading to different pages.
 */
@NullMarked
package dev.touchstone.examples.scraper.address;

import org.jspecify.annotations.NullMarked;
