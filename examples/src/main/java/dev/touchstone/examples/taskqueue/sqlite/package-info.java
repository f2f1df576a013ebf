/**
 * The store in a file, for one machine.
 *
 * <p>Start with {@link dev.touchstone.examples.taskqueue.sqlite.SqliteStore#open}.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.sqlite;

import org.jspecify.annotations.NullMarked;
