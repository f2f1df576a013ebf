/**
 * Kills workers and looks whether the queue has kept its promise:
 * {@link dev.touchstone.examples.taskqueue.torture.Torture}.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.torture;

import org.jspecify.annotations.NullMarked;
