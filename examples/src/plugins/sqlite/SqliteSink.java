package dev.touchstone.plugins.sqlite;

import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Writes rows into a table, which is made anew for each run; the fields of the first row are its columns.
 * A batch is a transaction. The bookmark is the id of the last row.
 */
public final class SqliteSink implements Sink {

  private static final String DEFAULT_TABLE = "rows";

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String about() {
    return "writes a table of SQLite; the fields of the first row are the columns";
  }

  @Override
  public List<String> options() {
    return List.of("file", "table");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.file();
  }

  @Override
  public RowWriter open(Assignment assignment) throws IOException {
    var file = assignment.file();
    var table = quoted(assignment.find("table").map(YamlNode::text).orElse(DEFAULT_TABLE));
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
      try {
        return Rows.open(
            connection, table, assignment.bookmark().map(Long::parseLong).orElse(0L));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static final class Rows implements RowWriter {

    private final Connection connection;
    private final String table;
    private List<String> columns;
    private long last;

    private Rows(Connection connection, String table, List<String> columns, long last) {
      this.connection = connection;
      this.table = table;
      this.columns = columns;
      this.last = last;
    }

    static Rows open(Connection connection, String table, long last) throws SQLException {
      var columns = new ArrayList<String>();
      try (var statement = connection.createStatement()) {
        if (last == 0) {
          statement.execute("DROP TABLE IF EXISTS " + table);
        } else {
          statement.execute("DELETE FROM %s WHERE rowid > %d".formatted(table, last));
          try (var first = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            for (var i = 1; i <= first.getMetaData().getColumnCount(); i++) {
              columns.add(first.getMetaData().getColumnLabel(i));
            }
          }
        }
      }
      connection.setAutoCommit(false);
      return new Rows(connection, table, columns, last);
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      if (rows.isEmpty()) {
        return;
      }
      try {
        var names = columns.isEmpty() ? create(rows.getFirst().values().keySet()) : columns;
        insert(rows, names);
        connection.commit();
        columns = names;
        last += rows.size();
      } catch (SQLException e) {
        rollBack(e);
        throw new IOException("cannot write the table " + table + ": " + e.getMessage(), e);
      }
    }

    private List<String> create(Collection<String> names) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE %s (%s)"
            .formatted(table, names.stream().map(SqliteSink::quoted).collect(joining(", "))));
      }
      return List.copyOf(names);
    }

    private void insert(List<Row> rows, List<String> names) throws SQLException {
      var marks = String.join(", ", Collections.nCopies(names.size() + 1, "?"));
      var fields = names.stream().map(SqliteSink::quoted).collect(joining(", "));
      try (var insert = connection.prepareStatement(
          "INSERT INTO %s (rowid, %s) VALUES (%s)".formatted(table, fields, marks))) {
        var id = last;
        for (var row : rows) {
          insert.setLong(1, ++id);
          for (var i = 0; i < names.size(); i++) {
            insert.setObject(i + 2, column(row.values().get(names.get(i))));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }

    private static @Nullable Object column(@Nullable Object value) {
      return switch (value) {
        case null -> null;
        case BigDecimal number -> number.doubleValue();
        case Number number -> number;
        case Boolean flag -> flag;
        default -> value.toString();
      };
    }

    private void rollBack(SQLException cause) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }

    @Override
    public String bookmark() {
      return Long.toString(last);
    }

    @Override
    public void finish() {
      // Each batch was committed.
    }

    @Override
    public void close() throws IOException {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
