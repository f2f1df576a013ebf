/** Files of comma-separated values (RFC 4180), as a source and as a sink. */
@NullMarked
package dev.touchstone.plugins.csv;

import org.jspecify.annotations.NullMarked;
