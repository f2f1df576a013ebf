/**
 * A client of the query API of Prometheus: typed results, and errors in the server's own terms.
 *
 * <p>Start with {@link dev.touchstone.examples.clients.prometheus.Prometheus}. Its tests run against
 * the real server. Types are immutable and safe for use by several threads.
 */
@NullMarked
package dev.touchstone.examples.clients.prometheus;

import org.jspecify.annotations.NullMarked;
