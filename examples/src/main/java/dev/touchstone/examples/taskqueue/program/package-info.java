/**
 * Jobs that run programs of the machine: what {@code touchstone queue work} does.
 *
 * <p>Whoever may enqueue such a job may run anything as the user of the worker.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.program;

import org.jspecify.annotations.NullMarked;
