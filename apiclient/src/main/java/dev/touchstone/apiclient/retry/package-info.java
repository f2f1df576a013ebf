/**
 * Decides whether a failed call is made again, and when.
 *
 * <p>Start with {@link dev.touchstone.apiclient.retry.RetryPolicy}, which puts together a {@link
 * dev.touchstone.apiclient.retry.Classifier} (may it be retried?), two {@link
 * dev.touchstone.apiclient.retry.Backoff}s (after how long?) and a {@link
 * dev.touchstone.apiclient.retry.RetryBudget} (can the server bear it?).
 *
 * <p>Nothing in this package sleeps, schedules or reads a clock: its callers do, so that each type
 * can be tested without waiting. Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.retry;

import org.jspecify.annotations.NullMarked;
