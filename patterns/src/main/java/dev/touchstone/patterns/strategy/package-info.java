/**
 * One of several ways to do something, chosen by rules or replaced while the program runs.
 *
 * <p>A strategy itself is a lambda or an enum and needs no library. {@link
 * dev.touchstone.patterns.strategy.Selector} is for the choice, where it should be possible to ask why;
 * {@link dev.touchstone.patterns.strategy.Switchable} is for the change, where what is replaced must
 * not be taken down while it is in use.
 */
@NullMarked
package dev.touchstone.patterns.strategy;

import org.jspecify.annotations.NullMarked;
