/** What a pipeline costs, beside streams, gatherers, flows and queues that are put together by hand. */
@NullMarked
package dev.touchstone.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
