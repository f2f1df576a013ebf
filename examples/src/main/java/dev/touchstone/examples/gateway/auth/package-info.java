/**
 * Who calls: tokens that an issuer signed, and keys that the gateway knows by their hash.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.auth.JwtAuthenticator} or {@link
 * dev.touchstone.examples.gateway.auth.ApiKeys}. Both tell a caller what is wrong with a credential and
 * never what a right one would look like; no credential gets into a message or a log.
 */
@NullMarked
package dev.touchstone.examples.gateway.auth;

import org.jspecify.annotations.NullMarked;
