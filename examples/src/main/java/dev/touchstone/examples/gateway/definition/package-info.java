/**
 * The definition of a gateway: a file in YAML that says which backends there are, which routes, and what
 * is called to answer each.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.definition.GatewayDefinition}. Every key, its
 * default and its unit stand in {@code docs/gateway.md}, and in the JSON Schema beside these classes.
 */
@NullMarked
package dev.touchstone.examples.gateway.definition;

import org.jspecify.annotations.NullMarked;
