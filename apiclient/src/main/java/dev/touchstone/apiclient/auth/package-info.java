/**
 * Puts credentials on requests, and replaces those that the server no longer takes.
 *
 * <p>Start with {@link dev.touchstone.apiclient.auth.RequestAuthenticator}. Credentials only ever
 * travel to the origins that the client was told: its base URL's, and those it was given by name.
 *
 * <p>Types are safe for use by several threads unless they say otherwise. None shows a secret in
 * {@code toString}, logs or exceptions.
 */
@NullMarked
package dev.touchstone.apiclient.auth;

import org.jspecify.annotations.NullMarked;
