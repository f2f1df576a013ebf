/**
 * What the people who run a gateway see of it: the access log, the metrics, whether it is alive.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.observe.RequestObserver}, which is told of each
 * request that has ended. Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.examples.gateway.observe;

import org.jspecify.annotations.NullMarked;
