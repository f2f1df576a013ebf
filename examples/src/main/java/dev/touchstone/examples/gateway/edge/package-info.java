/**
 * The gateway towards its clients: an HTTP server that lets in only what can be read in one way.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.edge.Edge#open}. HTTP/1.1 and HTTP/2 without
 * TLS, on one port; Jetty parses, as strictly as it can, and what it lets through is checked once more.
 *
 * <p>Each request has a virtual thread. The thread is interrupted when there is nobody left to answer:
 * the client has gone, the deadline has passed, or the server stops.
 */
@NullMarked
package dev.touchstone.examples.gateway.edge;

import org.jspecify.annotations.NullMarked;
