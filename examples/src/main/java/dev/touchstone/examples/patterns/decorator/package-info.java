/** Adding behaviour by wrapping. See {@code docs/patterns/decorator.md}. */
@NullMarked
package dev.touchstone.examples.patterns.decorator;

import org.jspecify.annotations.NullMarked;
