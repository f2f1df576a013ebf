/** What is done to one row at a time: filter, map, anonymise. */
@NullMarked
package dev.touchstone.plugins.refine;

import org.jspecify.annotations.NullMarked;
