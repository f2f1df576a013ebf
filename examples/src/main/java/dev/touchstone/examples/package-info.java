/**
 * The command line {@code touchstone} and what it starts. {@link dev.touchstone.examples.Main} is the
 * entry; {@code cli} holds the commands, {@code basics} the one-file lessons, and each application
 * has a package of its own.
 */
@NullMarked
package dev.touchstone.examples;

import org.jspecify.annotations.NullMarked;
