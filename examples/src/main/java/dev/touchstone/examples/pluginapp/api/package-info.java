/**
 * What plugins of the workbench are written against: the extension points, and what passes between
 * them and the workbench.
 *
 * <p>Start with {@link dev.touchstone.examples.pluginapp.api.Source}, {@link
 * dev.touchstone.examples.pluginapp.api.Transform} and {@link
 * dev.touchstone.examples.pluginapp.api.Sink}, the parts of a recipe. {@link
 * dev.touchstone.examples.pluginapp.api.Command} adds a verb to the command line, {@link
 * dev.touchstone.examples.pluginapp.api.Theme} colours to the console, {@link
 * dev.touchstone.examples.pluginapp.api.RunWatcher} hears what happens.
 *
 * <p>The rule that all types here obey: an extension has no state of a run. What a run needs is opened
 * for it, says where it stands in a bookmark, and is closed when the plugin is replaced; the next
 * version opens its own at the bookmark.
 */
@NullMarked
package dev.touchstone.examples.pluginapp.api;

import org.jspecify.annotations.NullMarked;
