/**
 * Finds concurrency bugs by running a scenario under many schedules, each of which can be repeated.
 *
 * <p>Start with {@link dev.touchstone.concurrency.testing.Simulation#explore}. The package needs no
 * test framework; its errors are {@code AssertionError}s, which every framework understands.
 *
 * <p>It is meant for tests only: it opens internals of the JDK, which the virtual machine has to
 * allow on its command line.
 */
@NullMarked
package dev.touchstone.concurrency.testing;

import org.jspecify.annotations.NullMarked;
