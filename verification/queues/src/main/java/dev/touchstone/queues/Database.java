package dev.touchstone.queues;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** The database that all candidates share, one after the other. */
final class Database {

  /** As many as the handlers of a peer may want at once. */
  private static final int CONNECTIONS = Candidate.WORKERS + 4;

  private Database() {}

  /** Removes all tables. */
  static void empty(String url) throws SQLException {
    try (var pool = open(url)) {
      run(pool, "drop schema public cascade; create schema public; checkpoint");
    }
  }

  static HikariDataSource open(String url) {
    return open(url, CONNECTIONS);
  }

  /** Opens a single connection, which disturbs what is measured less than many do. */
  static HikariDataSource openOne(String url) {
    return open(url, 1);
  }

  private static HikariDataSource open(String url, int connections) {
    var config = new HikariConfig();
    config.setDriverClassName(org.postgresql.Driver.class.getName());
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  static void run(HikariDataSource pool, String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  static long number(HikariDataSource pool, String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
