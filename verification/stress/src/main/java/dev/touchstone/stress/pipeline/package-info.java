/** Stress tests of pipelines: the end of a run against its cancellation. */
@NullMarked
package dev.touchstone.stress.pipeline;

import org.jspecify.annotations.NullMarked;
