/**
 * What is done for a request, worked out before the first one comes: which call needs which other, and
 * that all of it can be done.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.plan.Plan}. All types here are immutable.
 */
@NullMarked
package dev.touchstone.examples.gateway.plan;

import org.jspecify.annotations.NullMarked;
