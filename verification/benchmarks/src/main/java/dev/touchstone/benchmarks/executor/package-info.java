/** What a task costs in the executor, beside the executors that people use today. */
@NullMarked
package dev.touchstone.benchmarks.executor;

import org.jspecify.annotations.NullMarked;
