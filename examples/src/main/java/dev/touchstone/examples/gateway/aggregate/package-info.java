/**
 * Answers requests from calls of backends: several at once, each after those that it needs, under one
 * deadline, merged in the order of the definition.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.aggregate.Aggregator}.
 */
@NullMarked
package dev.touchstone.examples.gateway.aggregate;

import org.jspecify.annotations.NullMarked;
