package dev.touchstone.examples.taskqueue.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs statements with parameters. */
public final class Sql {

  private Sql() {}

  /** Makes something of a row. */
  @FunctionalInterface
  public interface Row<T extends @Nullable Object> {

    /** Reads the current row. */
    T read(ResultSet row) throws SQLException;
  }

  /** Something to be done with a connection. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {

    /** Does it. */
    T apply(Connection connection) throws SQLException;
  }

  /** Returns what the rows of a query, or of what a change returns, make. */
  public static <T extends @Nullable Object> List<T> query(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return rows(statement, row);
    }
  }

  /** Returns what the first row makes. */
  public static <T> Optional<T> first(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return query(connection, sql, row, parameters).stream().findFirst();
  }

  /** Changes rows, and returns how many. */
  public static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Returns what the rows of a statement make. */
  public static <T extends @Nullable Object> List<T> rows(PreparedStatement statement, Row<T> row)
      throws SQLException {
    try (var rows = statement.executeQuery()) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(row.read(rows));
      }
      return list;
    }
  }

  /** Sets all parameters of a statement. */
  public static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
