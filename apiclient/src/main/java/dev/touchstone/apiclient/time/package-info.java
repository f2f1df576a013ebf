/**
 * Where the client takes its time from.
 *
 * <p>Start with {@link dev.touchstone.apiclient.time.TimeSource}. Everything in this module that
 * waits or looks at a clock asks it, so that a test with a clock of its own waits for nothing.
 *
 * <p>Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.time;

import org.jspecify.annotations.NullMarked;
