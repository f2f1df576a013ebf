/**
 * What the client shows of its calls, and what it hides.
 *
 * <p>Start with {@link dev.touchstone.apiclient.observe.CallObserver}, or {@link
 * dev.touchstone.apiclient.observe.MicrometerObserver} for meters. {@link
 * dev.touchstone.apiclient.observe.Redaction} is an allow-list: headers and query values that are
 * not known to be harmless are not shown.
 *
 * <p>Types are immutable and safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.observe;

import org.jspecify.annotations.NullMarked;
