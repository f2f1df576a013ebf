package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.address.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes a {@link Trail} with the transaction of its commit. */
final class TrailWriter {

  private static final int MOST_REJECTED = 10_000;

  private final PreparedStatement reject;
  private final PreparedStatement note;
  private final PreparedStatement robots;
  private long rejected;

  TrailWriter(Connection connection) throws SQLException {
    reject = connection.prepareStatement("""
        INSERT INTO rejected (fingerprint, address, depth, parent, reason) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (fingerprint) DO NOTHING""");
    note = connection.prepareStatement("INSERT INTO note (url, at, text) VALUES (?, ?, ?)");
    robots = connection.prepareStatement("""
        INSERT INTO robots (origin, at, text) VALUES (?, ?, ?)
        ON CONFLICT (origin) DO UPDATE SET at = excluded.at, text = excluded.text""");
    try (var statement = connection.createStatement();
        var count = statement.executeQuery("SELECT count(*) FROM rejected")) {
      count.next();
      rejected = count.getLong(1);
    }
  }

  void write(Trail trail) throws SQLException {
    for (var one : trail.rejected()) {
      if (rejected >= MOST_REJECTED) {
        break;
      }
      reject.setLong(1, Fingerprint.of(one.address()));
      reject.setString(2, one.address().toString());
      reject.setInt(3, one.depth());
      reject.setObject(4, one.on().map(Lease::id).orElse(null));
      reject.setString(5, one.reason());
      rejected += reject.executeUpdate();
    }
    for (var one : trail.notes()) {
      note.setLong(1, one.lease().id());
      note.setLong(2, trail.at().toEpochMilli());
      note.setString(3, one.text());
      note.executeUpdate();
    }
    for (var one : trail.robots().entrySet()) {
      robots.setString(1, one.getKey());
      robots.setLong(2, trail.at().toEpochMilli());
      robots.setString(3, one.getValue());
      robots.executeUpdate();
    }
  }
}
