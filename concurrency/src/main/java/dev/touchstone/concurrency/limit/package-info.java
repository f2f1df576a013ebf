/**
 * Limits on how much is done at once, fixed or found out while the work is done.
 *
 * <p>Start with {@link dev.touchstone.concurrency.limit.ConcurrencyLimiter}; a {@link
 * dev.touchstone.concurrency.limit.Limit} decides how much. A permit is given back once, whatever
 * happens to the work, and no interruption or timeout loses one.
 */
@NullMarked
package dev.touchstone.concurrency.limit;

import org.jspecify.annotations.NullMarked;
