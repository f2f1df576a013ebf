/** Making objects whose class the caller does not name. See {@code docs/patterns/factory.md}. */
@NullMarked
package dev.touchstone.examples.patterns.factory;

import org.jspecify.annotations.NullMarked;
