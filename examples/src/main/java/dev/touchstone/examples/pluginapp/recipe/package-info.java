/**
 * Recipes: a source, transforms and a sink, put together from what plugins offer, and run.
 *
 * <p>Start with {@link dev.touchstone.examples.pluginapp.recipe.Recipe}, which is read from a file, and
 * {@link dev.touchstone.examples.pluginapp.recipe.RecipeRun}, which runs it. {@link
 * dev.touchstone.examples.pluginapp.recipe.Parts} finds what plugins offer at the moment.
 *
 * <p>The rule that all types here obey: nothing of a plugin is kept, but under a lease. A run looks
 * between two batches whether its plugins are still the ones in use, and moves on to those that are.
 */
@NullMarked
package dev.touchstone.examples.pluginapp.recipe;

import org.jspecify.annotations.NullMarked;
