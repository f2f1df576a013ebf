/** Stress tests of the memory effects that the {@code patterns} module relies on. */
@NullMarked
package dev.touchstone.stress.patterns;

import org.jspecify.annotations.NullMarked;
