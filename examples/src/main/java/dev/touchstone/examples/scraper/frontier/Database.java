package dev.touchstone.examples.scraper.frontier;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The connection to the file of a crawl. For one thread.
 *
 * <p><b>Source:</b> the page of SQLite on write-ahead logging: with {@code synchronous=FULL} the log is
 * flushed to the disk at each commit, with {@code NORMAL} only at checkpoints, and a power cut would
 * take commits back that the output files already have.
 */
final class Database implements AutoCloseable {

  /** Marks the file as a crawl, so that no other database is taken for one. */
  private static final int APPLICATION_ID = 0x546f7563;

  private static final int VERSION = 3;

  private static final String[] SCHEMA = {
    """
    CREATE TABLE host (
      id INTEGER PRIMARY KEY,
      origin TEXT NOT NULL UNIQUE)""",
    """
    CREATE TABLE url (
      id INTEGER PRIMARY KEY,
      fingerprint INTEGER NOT NULL UNIQUE,
      host INTEGER NOT NULL REFERENCES host,
      address TEXT NOT NULL,
      depth INTEGER NOT NULL,
      priority INTEGER NOT NULL,
      parent INTEGER REFERENCES url,
      state INTEGER NOT NULL, -- 0 queued, 1 leased, 2 done
      attempts INTEGER NOT NULL DEFAULT 0,
      outcome TEXT,
      status INTEGER,
      detail TEXT,
      bytes INTEGER,
      etag TEXT,
      modified TEXT,
      unchanged INTEGER NOT NULL DEFAULT 0, -- 1 if the last visit found what the one before did
      found_at INTEGER NOT NULL, -- milliseconds since 1970, as are all times
      done_at INTEGER)""",
    "CREATE INDEX url_queued ON url (host, priority DESC, id) WHERE state = 0",
    "CREATE TABLE output (name TEXT PRIMARY KEY, length INTEGER NOT NULL)",
    """
    CREATE TABLE rejected (
      fingerprint INTEGER PRIMARY KEY,
      address TEXT NOT NULL,
      depth INTEGER NOT NULL,
      parent INTEGER REFERENCES url,
      reason TEXT NOT NULL)""",
    "CREATE TABLE note (url INTEGER NOT NULL REFERENCES url, at INTEGER NOT NULL, text TEXT NOT NULL)",
    "CREATE INDEX note_url ON note (url)",
    "CREATE TABLE robots (origin TEXT PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL)",
    "PRAGMA application_id = " + APPLICATION_ID,
    "PRAGMA user_version = " + VERSION,
  };

  private final Path file;
  private final Connection connection;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Database open(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    try {
      var database = new Database(file, config.createConnection("jdbc:sqlite:" + file));
      database.prepare();
      return database;
    } catch (SQLException e) {
      throw new FrontierException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  /** Opens a file for reading only, whoever else writes it. */
  static Database openReadOnly(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try {
      var database = new Database(file, config.createConnection("jdbc:sqlite:" + file));
      try {
        database.requireCrawl();
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      return database;
    } catch (SQLException e) {
      throw new FrontierException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  private void requireCrawl() throws SQLException {
    if (pragma("application_id") != APPLICATION_ID || pragma("user_version") != VERSION) {
      throw new SQLException("it is a database, but not of a crawl of this version");
    }
  }

  private void prepare() throws SQLException {
    try (var statement = connection.createStatement()) {
      var id = pragma("application_id");
      if (id == 0 && pragma("schema_version") == 0) {
        connection.setAutoCommit(false);
        for (var command : SCHEMA) {
          statement.execute(command);
        }
        connection.commit();
      } else {
        requireCrawl();
      }
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private int pragma(String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  Connection connection() {
    return connection;
  }

  /** A question to the database. */
  @FunctionalInterface
  interface Query<R> {

    /** Asks. */
    R ask(Connection connection) throws SQLException;
  }

  /** Changes of the database. */
  @FunctionalInterface
  interface Change {

    /** Makes them. */
    void make(Connection connection) throws SQLException;
  }

  <R> R read(Query<R> query) {
    try {
      return query.ask(connection);
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  /** Asks a question whose answers are dealt with as they come. */
  void readEach(String query, RowAction action) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        action.accept(rows);
      }
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  /** Makes an element of a row. */
  @FunctionalInterface
  interface RowReader<T> {

    /** Makes it. */
    T read(ResultSet row) throws SQLException;
  }

  /** Asks a question and returns its answers. */
  <T> List<T> list(String query, RowReader<T> reader, Object... parameters) {
    return read(connection -> {
      try (var statement = connection.prepareStatement(query)) {
        for (var i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        var list = new ArrayList<T>();
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            list.add(reader.read(rows));
          }
        }
        return list;
      }
    });
  }

  /** Does something with a row. */
  @FunctionalInterface
  interface RowAction {

    /** Does it. */
    void accept(ResultSet row) throws SQLException;
  }

  /** Makes changes and commits them, with those of the transaction so far; or takes all of them back. */
  void write(Change change) {
    try {
      change.make(connection);
      connection.commit();
    } catch (SQLException e) {
      var failure = failure("write", e);
      try {
        connection.rollback();
      } catch (SQLException more) {
        failure.addSuppressed(more);
      }
      throw failure;
    }
  }

  FrontierException failure(String verb, SQLException cause) {
    return new FrontierException(
        "cannot " + verb + " " + file + ": " + requireNonNull(cause.getMessage()), cause);
  }

  @Override
  public void close() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      connection.close();
    } catch (SQLException e) {
      throw failure("close", e);
    }
  }
}
