/**
 * What the stores in databases share: the schema's migrations, and the statements that every database
 * understands. What the databases do differently, and all that has to be fast, is in their packages.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.sql;

import org.jspecify.annotations.NullMarked;
