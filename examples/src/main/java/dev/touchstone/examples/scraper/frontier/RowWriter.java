package dev.touchstone.examples.scraper.frontier;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes {@link Row}s with the transaction of their commit. */
final class RowWriter {

  private final Connection connection;
  private final Map<String, PreparedStatement> inserts = new HashMap<>();

  RowWriter(Connection connection) {
    this.connection = connection;
  }

  void write(List<Row> rows) throws SQLException {
    for (var row : rows) {
      var insert = insert(row);
      insert.setLong(1, row.lease().id());
      var index = 2;
      for (var value : row.values().values()) {
        insert.setObject(index++, value);
      }
      insert.executeUpdate();
    }
  }

  private PreparedStatement insert(Row row) throws SQLException {
    var known = inserts.get(row.table());
    if (known != null) {
      return known;
    }
    var columns = columns(row.values().keySet());
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS %s (page INTEGER NOT NULL REFERENCES url, %s)"
          .formatted(quoted(row.table()), columns));
    }
    var marks = String.join(", ", Collections.nCopies(row.values().size() + 1, "?"));
    var made = connection.prepareStatement(
        "INSERT INTO %s (page, %s) VALUES (%s)".formatted(quoted(row.table()), columns, marks));
    inserts.put(row.table(), made);
    return made;
  }

  private static String columns(Collection<String> names) {
    return names.stream().map(RowWriter::quoted).collect(joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
