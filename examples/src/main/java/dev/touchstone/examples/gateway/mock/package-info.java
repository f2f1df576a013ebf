/**
 * Stands in for the backends of a gateway, so that a definition can be tried out without them.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.mock.MockBackends}.
 */
@NullMarked
package dev.touchstone.examples.gateway.mock;

import org.jspecify.annotations.NullMarked;
