/**
 * What instances a type may have; not exported.
 *
 * <p>Start with {@link dev.touchstone.patterns.kinds.Kinds}, by which buses and machines check that
 * nothing is missing.
 */
@NullMarked
package dev.touchstone.patterns.kinds;

import org.jspecify.annotations.NullMarked;
