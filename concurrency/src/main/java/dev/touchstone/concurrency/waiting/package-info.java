/**
 * How the locks, limits and lines of this module wait; not exported.
 *
 * <p>Start with {@link dev.touchstone.concurrency.waiting.Turn}: one wait of one thread, until it is
 * called. {@link dev.touchstone.concurrency.waiting.Turns} is a line of them, in which a call and
 * the end of a waiter's {@link dev.touchstone.concurrency.waiting.Patience} cannot both happen.
 */
@NullMarked
package dev.touchstone.concurrency.waiting;

import org.jspecify.annotations.NullMarked;
