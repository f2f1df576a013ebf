/** Colours of paper and ink for the console. */
@NullMarked
package dev.touchstone.plugins.paper;

import org.jspecify.annotations.NullMarked;
