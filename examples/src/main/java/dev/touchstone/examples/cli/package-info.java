/**
 * The commands of {@code touchstone}: their options, what they print, and their exit status.
 *
 * <p>Start with {@link dev.touchstone.examples.cli.CommandLineInterface}. Results go to standard
 * output; progress and errors go to standard error. An expected failure is one line that begins with
 * {@code touchstone:}; only a defect shows a stack trace.
 */
@NullMarked
package dev.touchstone.examples.cli;

import org.jspecify.annotations.NullMarked;
