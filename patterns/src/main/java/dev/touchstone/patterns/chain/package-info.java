/**
 * Several handlers, of which the first that has an answer gives it.
 *
 * <p>Start with {@link dev.touchstone.patterns.chain.Chain}.
 */
@NullMarked
package dev.touchstone.patterns.chain;

import org.jspecify.annotations.NullMarked;
