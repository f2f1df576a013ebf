/**
 * Values that are made at their first use, once.
 *
 * <p>Start with {@link dev.touchstone.patterns.lazy.Lazy}, one value made on demand. {@link
 * dev.touchstone.patterns.lazy.Scope} holds several that belong together, lets a test put its own
 * in their place, and closes what it made. Neither is global: whoever shares a value passes it on.
 *
 * <p>Every type here is safe for use by several threads and starts none of its own. An initializer
 * runs while other threads wait for its value, but never under a lock of this library.
 */
@NullMarked
package dev.touchstone.patterns.lazy;

import org.jspecify.annotations.NullMarked;
