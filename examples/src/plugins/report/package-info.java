/** A page with a table and a chart, as a sink. */
@NullMarked
package dev.touchstone.plugins.report;

import org.jspecify.annotations.NullMarked;
