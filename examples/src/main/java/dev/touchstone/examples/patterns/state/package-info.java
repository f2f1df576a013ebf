/** Behaviour that depends on the state. See {@code docs/patterns/state.md}. */
@NullMarked
package dev.touchstone.examples.patterns.state;

import org.jspecify.annotations.NullMarked;
