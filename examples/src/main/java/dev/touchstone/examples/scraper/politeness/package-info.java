/**
 * When a host may be asked, and for what.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.politeness.HostScheduler}. It reads no clock and
 * starts no thread: its caller says what time it is, so that a thousand hosts and a day of waiting are a
 * unit test.
 */
@NullMarked
package dev.touchstone.examples.scraper.politeness;

import org.jspecify.annotations.NullMarked;
