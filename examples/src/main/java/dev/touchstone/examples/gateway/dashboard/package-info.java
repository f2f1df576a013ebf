/**
 * The dashboard of a gateway: pages about what it serves and how it does, which can also let it read its
 * definition again and try a route.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.dashboard.GatewayDashboard}. Names and texts may
 * come from backends and strangers: all of them are added to pages as text. No field of a definition and
 * none of a request or an answer that may be a secret is shown.
 */
@NullMarked
package dev.touchstone.examples.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
