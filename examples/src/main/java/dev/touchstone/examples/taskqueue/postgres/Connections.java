package dev.touchstone.examples.taskqueue.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Opens connections that are not the pool's. */
final class Connections {

  /** A connection that has gone silent is noticed in the end. Statements take milliseconds. */
  static final Map<String, String> PROPERTIES =
      Map.of("socketTimeout", "60", "ApplicationName", "touchstone-queue", "tcpKeepAlive", "true");

  /*
   * Rows are found by their numbers, a few at a time. The planner may not know: it plans while the
   * tables are empty, keeps the plan, and would read all of a table each time that has grown since.
   */
  static final String SETTINGS = "set statement_timeout = '30s';"
      + " set idle_in_transaction_session_timeout = '60s';"
      + " set enable_hashjoin = off; set enable_mergejoin = off; set jit = off";

  /** A heartbeat that takes longer comes too late in any case. */
  private static final Map<String, String> IMPATIENT = Map.of(
      "socketTimeout", "5", "connectTimeout", "5", "ApplicationName", "touchstone-heartbeat");

  /** Not the DriverManager's: which drivers that knows depends on the thread that was the first to ask. */
  private static final Driver DRIVER = new org.postgresql.Driver();

  private final String url;

  Connections(String url) {
    this.url = url;
  }

  /** Opens a connection whose statements are given up after 5 s. */
  Connection openImpatient() throws SQLException {
    return open(IMPATIENT);
  }

  /** Opens a connection whose statements have their time. */
  Connection open() throws SQLException {
    return open(PROPERTIES);
  }

  private Connection open(Map<String, String> options) throws SQLException {
    var properties = new Properties();
    properties.putAll(options);
    var connection = DRIVER.connect(url, properties);
    if (connection == null) {
      throw new SQLException("the address must be such as jdbc:postgresql://HOST/DATABASE, was "
          + withoutParameters(url));
    }
    return connection;
  }

  /** Returns an address without what may be a password. */
  static String withoutParameters(String url) {
    var end = url.indexOf('?');
    return end < 0 ? url : url.substring(0, end);
  }
}
