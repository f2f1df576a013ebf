package dev.touchstone.examples.taskqueue.sqlite;

import dev.touchstone.examples.taskqueue.sql.Migrations;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** The file of a queue, and how it is opened. */
record SqliteFile(Path path, Durability durability) {

  private static final int PATIENCE_MILLIS = 10_000;

  /** Brings the schema up to date; makes the file if there is none. */
  void migrate() {
    var folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new StoreException("cannot open " + path + ": its folder does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new StoreException("cannot open " + path + ": it is a folder, and a file is needed");
    }
    Migrations.SQLITE.migrate(source());
  }

  private SQLiteDataSource source() {
    var source = new SQLiteDataSource(configuration());
    source.setUrl(url());
    return source;
  }

  private String url() {
    return "jdbc:sqlite:" + path;
  }

  /* Immediate: a transaction that reads first and writes later would fail at once when another
   * process has written in between, whatever the patience. */
  private SQLiteConfig configuration() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(durability.mode());
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setBusyTimeout(PATIENCE_MILLIS);
    config.enforceForeignKeys(true);
    config.setPragma(
        SQLiteConfig.Pragma.FULL_SYNC, "true"); // macOS: fsync alone is not enough there
    return config;
  }

  Connection openForWriting() {
    try {
      return configuration().createConnection(url());
    } catch (SQLException e) {
      throw failure("open", e);
    }
  }

  Connection openForReading() {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(PATIENCE_MILLIS);
    try {
      return config.createConnection(url());
    } catch (SQLException e) {
      throw failure("open", e);
    }
  }

  StoreException failure(String verb, SQLException cause) {
    return new StoreException("cannot " + verb + " " + path + ": " + cause.getMessage(), cause);
  }
}
