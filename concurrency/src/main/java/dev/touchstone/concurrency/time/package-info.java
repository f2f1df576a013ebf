/**
 * The one place that the types of this module get their time from.
 *
 * <p>Start with {@link dev.touchstone.concurrency.time.TimeSource#system()}, which every builder
 * uses by default. Nothing else in the module reads a clock, sleeps, parks a thread or keeps a
 * timer, but for the simulator of its tests: so a test that passes a time source of its own decides
 * when time passes.
 */
@NullMarked
package dev.touchstone.concurrency.time;

import org.jspecify.annotations.NullMarked;
