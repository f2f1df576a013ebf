package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of a connection, each prepared once. For one thread. */
final class CachedStatements implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  CachedStatements(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
    var statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    Sql.bind(statement, parameters);
    return statement;
  }

  int update(String sql, @Nullable Object... parameters) throws SQLException {
    return bound(sql, parameters).executeUpdate();
  }

  <T extends @Nullable Object> List<T> query(
      String sql, Sql.Row<T> row, @Nullable Object... parameters) throws SQLException {
    return Sql.rows(bound(sql, parameters), row);
  }

  @Override
  public void close() throws SQLException {
    for (var statement : prepared.values()) {
      statement.close();
    }
  }
}
