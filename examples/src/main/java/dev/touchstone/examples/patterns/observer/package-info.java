/** Telling others that something happened. See {@code docs/patterns/observer.md}. */
@NullMarked
package dev.touchstone.examples.patterns.observer;

import org.jspecify.annotations.NullMarked;
