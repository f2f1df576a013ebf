/**
 * An object whose behaviour depends on the state that it is in.
 *
 * <p>For two states use a {@code boolean}. {@link dev.touchstone.patterns.state.StateMachine} is for a
 * table of states and events that should be whole, checked and drawn: build it once, and start an
 * {@link dev.touchstone.patterns.state.Instance} for each object.
 */
@NullMarked
package dev.touchstone.patterns.state;

import org.jspecify.annotations.NullMarked;
