/**
 * Quotas that a server keeps, as it tells of them in its answers.
 *
 * <p>Start with {@link dev.touchstone.apiclient.ratelimit.RateLimitReader}. A client that is given
 * readers waits when a quota is used up, instead of finding out by being refused.
 *
 * <p>Types are immutable and safe for use by several threads. Nothing that a server can send makes
 * them throw.
 */
@NullMarked
package dev.touchstone.apiclient.ratelimit;

import org.jspecify.annotations.NullMarked;
