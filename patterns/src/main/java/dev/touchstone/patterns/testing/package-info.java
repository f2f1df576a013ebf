/**
 * A kit for tests of plugins: {@link dev.touchstone.patterns.testing.PluginJar} compiles one from
 * source text, {@link dev.touchstone.patterns.testing.PluginAssertions} proves that it goes away when
 * it is unloaded.
 *
 * <p>The rule that all types here obey: what is tested is the jar, loaded as an application would load
 * it. Needs a JDK, for the compiler, and no test framework.
 */
@NullMarked
package dev.touchstone.patterns.testing;

import org.jspecify.annotations.NullMarked;
