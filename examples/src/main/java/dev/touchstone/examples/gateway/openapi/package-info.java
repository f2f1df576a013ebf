/**
 * Describes the routes of a gateway for clients.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.openapi.OpenApi}.
 */
@NullMarked
package dev.touchstone.examples.gateway.openapi;

import org.jspecify.annotations.NullMarked;
