/**
 * Adds behaviour to an object by wrapping it, layer by layer.
 *
 * <p>One or two layers are best written down: {@code new Retry(new Cache(core))}. {@link
 * dev.touchstone.patterns.decorate.Decorators} is for layers that come from several places and have an
 * order to keep.
 */
@NullMarked
package dev.touchstone.patterns.decorate;

import org.jspecify.annotations.NullMarked;
