package dev.touchstone.examples.scraper.frontier;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@link Row}s with the transaction of their commit. */
final class RowWriter {

  /** The names of the tables with records of the crawl's own definition. */
  static final String TABLES =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'item%'";

  private final Connection connection;
  private final Map<String, Insert> inserts = new HashMap<>();
  private @Nullable List<PreparedStatement> removals;

  /** How a row comes into a table. */
  private record Insert(PreparedStatement statement, List<String> columns) {

    void run(Row row) throws SQLException {
      statement.setLong(1, row.lease().id());
      var index = 2;
      for (var column :
          columns) { // in the order of the first row, which need not be that of others
        statement.setObject(index++, row.values().get(column));
      }
      statement.executeUpdate();
    }
  }

  RowWriter(Connection connection) {
    this.connection = connection;
  }

  void write(List<Row> rows) throws SQLException {
    for (var row : rows) {
      insert(row).run(row);
    }
  }

  /** Makes it quick to find the rows of a page. Crawls of which each page is visited once do without. */
  void prepareToReplace() throws SQLException {
    for (var table : tables()) {
      try (var statement = connection.createStatement()) {
        statement.execute("CREATE INDEX IF NOT EXISTS %s ON %s (page)"
            .formatted(quoted(table + "_page"), quoted(table)));
      }
    }
  }

  /** Removes the rows of an earlier visit to a page. */
  void removeOf(Lease page) throws SQLException {
    if (removals == null) { // tables that are made later hold nothing of earlier visits
      removals = new ArrayList<>();
      for (var table : tables()) {
        removals.add(
            connection.prepareStatement("DELETE FROM %s WHERE page = ?".formatted(quoted(table))));
      }
    }
    for (var removal : removals) {
      removal.setLong(1, page.id());
      removal.executeUpdate();
    }
  }

  private List<String> tables() throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private Insert insert(Row row) throws SQLException {
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
    var made = new Insert(
        connection.prepareStatement(
            "INSERT INTO %s (page, %s) VALUES (%s)".formatted(quoted(row.table()), columns, marks)),
        List.copyOf(row.values().keySet()));
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
