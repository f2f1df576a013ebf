/**
 * Makes objects of which kind is decided by a key.
 *
 * <p>For a closed set of kinds write a {@code switch}. {@link dev.touchstone.patterns.factory.Catalog} is
 * for makers that come together from several places.
 */
@NullMarked
package dev.touchstone.patterns.factory;

import org.jspecify.annotations.NullMarked;
