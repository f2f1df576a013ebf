package dev.touchstone.examples.taskqueue.torture;

import dev.touchstone.examples.taskqueue.JobKind;

/**
 * A job that leaves a line in a file.
 *
 * @param number which one
 */
@JobKind("torture.effect")
public record Effect(int number) {}
