/** Measurements of the plugin host of {@code patterns}, and of PF4J with the same plugins. */
@NullMarked
package dev.touchstone.benchmarks.plugin;

import org.jspecify.annotations.NullMarked;
