package dev.touchstone.examples.scraper.frontier;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that is kept in the database itself, in a table of its own kind, which is made when the first
 * one comes.
 *
 * @param lease the page that it was found on
 * @param table the name of the table, made of letters, digits and underscores
 * @param values a text, a number or null for each column; the columns are those of the first row of this
 *     process, in any order, and what other rows do not have is null
 */
public record Row(Lease lease, String table, Map<String, @Nullable Object> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if the table has another name
   */
  public Row {
    if (!table.matches("\\w+")) {
      throw new IllegalArgumentException(
          "table must be made of letters, digits and underscores, was '" + table + "'");
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
