/**
 * Edits recipes, with undo and redo, so that a killed editor loses nothing.
 *
 * <p>Start with {@link dev.touchstone.examples.pluginapp.edit.RecipeEditor}, which takes lines such as
 * {@code add filter field=price above=100} and keeps each in a journal before it does it. {@link
 * dev.touchstone.examples.pluginapp.edit.Draft} is what the edits change.
 *
 * <p>The rule that all types here obey: what a line does depends on the draft and the line alone, so
 * that the same lines lead to the same draft again.
 */
@NullMarked
package dev.touchstone.examples.pluginapp.edit;

import org.jspecify.annotations.NullMarked;
