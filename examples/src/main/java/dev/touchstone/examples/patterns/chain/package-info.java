/** Several handlers, of which the first that can answers. See {@code docs/patterns/chain-of-responsibility.md}. */
@NullMarked
package dev.touchstone.examples.patterns.chain;

import org.jspecify.annotations.NullMarked;
