package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.sql.Dialect;
import java.time.Instant;
import java.time.InstantSource;

/** Time in milliseconds, by the clock of the process. */
record SqliteDialect(InstantSource clock) implements Dialect {

  @Override
  public String now() {
    return String.valueOf(clock.millis());
  }

  @Override
  public String millis(String expression) {
    return expression;
  }

  @Override
  public Object parameter(Instant moment) {
    return moment.toEpochMilli();
  }
}
