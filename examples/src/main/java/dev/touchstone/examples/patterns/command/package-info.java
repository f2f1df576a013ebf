/** What is to be done, as an object that can be undone. See {@code docs/patterns/command.md}. */
@NullMarked
package dev.touchstone.examples.patterns.command;

import org.jspecify.annotations.NullMarked;
