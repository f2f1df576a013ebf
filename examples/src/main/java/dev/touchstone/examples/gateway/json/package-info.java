/**
 * JSON as it travels through the gateway: nothing that a backend wrote is changed by being read.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.json.JsonValue}. All values are immutable.
 */
@NullMarked
package dev.touchstone.examples.gateway.json;

import org.jspecify.annotations.NullMarked;
