/** A verb that shows what is in a file. */
@NullMarked
package dev.touchstone.plugins.peek;

import org.jspecify.annotations.NullMarked;
