/**
 * The servers behind the gateway, each with its time limits, retries, breaker and limit of calls.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.backend.Backends}. All types here are safe for use
 * by several threads.
 */
@NullMarked
package dev.touchstone.examples.gateway.backend;

import org.jspecify.annotations.NullMarked;
