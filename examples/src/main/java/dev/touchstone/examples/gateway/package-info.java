/**
 * A gateway: one endpoint in front of several APIs.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.Gateway}, which serves a definition; or with {@link
 * dev.touchstone.examples.gateway.route.Route}, which says what is answered and by whom.
 */
@NullMarked
package dev.touchstone.examples.gateway;

import org.jspecify.annotations.NullMarked;
