/**
 * The workbench: a small data tool that can do nothing but what its plugins do.
 *
 * <p>Start with {@link dev.touchstone.examples.pluginapp.Workbench}. The plugins that come with it are
 * jars inside of ours, where no class loader but that of the plugin host finds their classes; a user's
 * are files in the folder of a {@link dev.touchstone.examples.pluginapp.PluginHome}.
 *
 * <p>The rule that all types here obey: a plugin is one only if {@link
 * dev.touchstone.examples.pluginapp.HomeTrust} trusts its jar, and there is no sandbox behind that.
 */
@NullMarked
package dev.touchstone.examples.pluginapp;

import org.jspecify.annotations.NullMarked;
