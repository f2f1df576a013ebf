/** Stress tests of the executor: completion against cancellation, admission against shutdown. */
@NullMarked
package dev.touchstone.stress.executor;

import org.jspecify.annotations.NullMarked;
