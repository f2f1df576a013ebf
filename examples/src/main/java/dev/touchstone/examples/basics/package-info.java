/**
 * Lessons: programs of one file, each about one thing, that can be run and read.
 *
 * <p>{@code touchstone example list} names them, {@code touchstone example NAME} runs one, and {@code
 * --source} prints it. {@link dev.touchstone.examples.basics.Lesson} is the table of contents.
 */
@NullMarked
package dev.touchstone.examples.basics;

import org.jspecify.annotations.NullMarked;
