/**
 * What the edge of the gateway and what answers behind it agree upon: which request is whose, what it
 * looks like, and what may be asked of it before it gets there.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.route.Route}. Many of them are a {@link
 * dev.touchstone.examples.gateway.route.RouteTable}, which never changes; the one in force is held by
 * {@link dev.touchstone.examples.gateway.route.CurrentRoutes} and replaced as a whole.
 *
 * <p>A {@link dev.touchstone.examples.gateway.route.RouteHandler} answers an {@link
 * dev.touchstone.examples.gateway.route.Exchange} on a virtual thread of its own and may block. What
 * it cannot answer it throws as a {@link dev.touchstone.examples.gateway.route.ProblemException}.
 */
@NullMarked
package dev.touchstone.examples.gateway.route;

import org.jspecify.annotations.NullMarked;
