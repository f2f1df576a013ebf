/** Measurements of the {@code patterns} module and of what people use instead. */
@NullMarked
package dev.touchstone.benchmarks.patterns;

import org.jspecify.annotations.NullMarked;
