/** Brings rows together with those of another file. Uses the reader of the plugin csv. */
@NullMarked
package dev.touchstone.plugins.join;

import org.jspecify.annotations.NullMarked;
