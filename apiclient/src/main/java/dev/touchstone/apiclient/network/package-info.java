/**
 * Where requests may go.
 *
 * <p>Start with {@link dev.touchstone.apiclient.network.RedirectRules}. The types here are usable on
 * their own: a gateway or a crawler that does not want a whole client can still follow its rules.
 *
 * <p>Types are immutable and safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.network;

import org.jspecify.annotations.NullMarked;
