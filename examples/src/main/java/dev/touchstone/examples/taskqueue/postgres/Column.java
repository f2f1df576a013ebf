package dev.touchstone.examples.taskqueue.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that has a value for each of many rows.
 *
 * @param type the type of its elements in PostgreSQL
 * @param value returns the value of a row
 */
record Column<T>(String type, Function<T, @Nullable Object> value) {

  /** Returns the columns as arrays, for {@code unnest}. */
  static <T> Object[] arrays(Connection connection, List<T> rows, List<Column<T>> columns)
      throws SQLException {
    var arrays = new Object[columns.size()];
    for (int i = 0; i < arrays.length; i++) {
      var column = columns.get(i);
      var values = rows.stream().map(column.value()).toArray();
      arrays[i] = connection.createArrayOf(column.type(), values);
    }
    return arrays;
  }
}
