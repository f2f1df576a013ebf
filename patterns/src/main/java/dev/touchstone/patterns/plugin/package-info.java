/**
 * Plugins: jars that are found, checked, started, replaced and taken away while the application runs.
 *
 * <p>Start with {@link dev.touchstone.patterns.plugin.PluginHost}. A plugin is written against {@link
 * dev.touchstone.patterns.plugin.Plugin} and {@link dev.touchstone.patterns.plugin.PluginContext}, or
 * consists of nothing but services listed in {@code META-INF/services}; the application meets these
 * as {@link dev.touchstone.patterns.plugin.Extensions}.
 *
 * <p>The rule that all types here obey: a plugin harms nobody but those who require it. What is wrong
 * with one is a reason in a report, never an exception out of the loading of the others.
 *
 * <p><b>This is no sandbox.</b> A plugin is separated by its class loader, which is a matter of
 * order, not of defence: it may read files, open connections and end the process like any code of the
 * application (there is no in-process sandbox in Java since JEP 486). Say with a {@link
 * dev.touchstone.patterns.plugin.Trust} whose code may run; run code that you do not trust in another
 * process.
 */
@NullMarked
package dev.touchstone.patterns.plugin;

import org.jspecify.annotations.NullMarked;
