/** One of several ways to do something. See {@code docs/patterns/strategy.md}. */
@NullMarked
package dev.touchstone.examples.patterns.strategy;

import org.jspecify.annotations.NullMarked;
