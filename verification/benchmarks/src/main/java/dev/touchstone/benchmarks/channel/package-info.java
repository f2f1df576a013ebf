/** Channels against the queues that people use today. */
@NullMarked
package dev.touchstone.benchmarks.channel;

import org.jspecify.annotations.NullMarked;
