package dev.touchstone.examples.taskqueue.postgres;

import dev.touchstone.examples.taskqueue.sql.Dialect;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Time as PostgreSQL writes it.
 *
 * <p>That of the statement: {@code clock_timestamp()} may differ from row to row, so that no index
 * can be searched for it, and {@code now()} is that of the transaction.
 */
enum PostgresDialect implements Dialect {
  INSTANCE;

  @Override
  public String now() {
    return "statement_timestamp()";
  }

  @Override
  public String millis(String expression) {
    return "(extract(epoch from " + expression + ") * 1000)::bigint";
  }

  @Override
  public Object parameter(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
