/** Tables of SQLite, as a sink. */
@NullMarked
package dev.touchstone.plugins.sqlite;

import org.jspecify.annotations.NullMarked;
