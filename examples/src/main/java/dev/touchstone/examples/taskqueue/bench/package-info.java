/**
 * Measures a queue with jobs that do nothing: {@link
 * dev.touchstone.examples.taskqueue.bench.QueueBench}.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.bench;

import org.jspecify.annotations.NullMarked;
