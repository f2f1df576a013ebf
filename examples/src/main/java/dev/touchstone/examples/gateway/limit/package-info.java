/**
 * How often a caller may call.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.limit.RateLimiter}. Counts are kept in this
 * process; the number of callers that are counted is bounded.
 */
@NullMarked
package dev.touchstone.examples.gateway.limit;

import org.jspecify.annotations.NullMarked;
