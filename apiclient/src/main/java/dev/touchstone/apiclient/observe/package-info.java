/**
 * What the client shows of its calls, and what it hides.
 *
 * <p>Start with {@link dev.touchstone.apiclient.observe.Redaction}. The rule is an allow-list: what
 * is not known to be harmless is not shown.
 *
 * <p>Types are immutable and safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.observe;

import org.jspecify.annotations.NullMarked;
