/**
 * The workbench on pages for a browser on this machine: plugins, what they offer, how they depend on
 * each other, recipes and runs; and forms that start, stop and replace plugins and run recipes.
 *
 * <p>Start with {@link dev.touchstone.examples.pluginapp.console.Console}.
 *
 * <p>The rule that all types here obey: a page is made of what is true when it is asked for, and keeps
 * nothing of a plugin.
 */
@NullMarked
package dev.touchstone.examples.pluginapp.console;

import org.jspecify.annotations.NullMarked;
