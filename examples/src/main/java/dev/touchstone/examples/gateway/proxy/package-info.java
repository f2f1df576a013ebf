/**
 * Routes that hand requests on to one backend, and answers back, while they arrive.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.proxy.Proxy}. Nothing is passed on raw: bodies
 * are decoded from their transfer coding and framed anew, fields are those of the message and not of
 * the connection, and what the client says about itself is replaced by what the gateway knows.
 */
@NullMarked
package dev.touchstone.examples.gateway.proxy;

import org.jspecify.annotations.NullMarked;
