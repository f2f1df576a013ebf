/** Filters for the routes of a gateway. */
@NullMarked
package dev.touchstone.plugins.gate;

import org.jspecify.annotations.NullMarked;
