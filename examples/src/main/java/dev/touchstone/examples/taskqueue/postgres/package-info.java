/**
 * The store in PostgreSQL, from version 13 on, for several processes and machines.
 *
 * <p>Start with {@link dev.touchstone.examples.taskqueue.postgres.PostgresStore#open}.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.postgres;

import org.jspecify.annotations.NullMarked;
