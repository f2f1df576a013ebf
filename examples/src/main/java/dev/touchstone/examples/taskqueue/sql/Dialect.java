package dev.touchstone.examples.taskqueue.sql;

import java.time.Instant;

/** How a database writes time. */
public interface Dialect {

  /** Returns an expression for the time of the statement, as the columns have it. */
  String now();

  /** Returns an expression for the milliseconds since 1970 of an expression as the columns have it. */
  String millis(String expression);

  /** Returns a moment as a parameter for a column. */
  Object parameter(Instant moment);
}
