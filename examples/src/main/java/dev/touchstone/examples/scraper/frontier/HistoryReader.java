package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.address.Fingerprint;
import dev.touchstone.examples.scraper.frontier.AddressHistory.Incident;
import dev.touchstone.examples.scraper.frontier.AddressHistory.Rejection;
import dev.touchstone.examples.scraper.frontier.AddressView.State;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads all that is kept of one address. */
final class HistoryReader {

  private final Database database;
  private final long fingerprint;

  HistoryReader(Database database, URI address) {
    this.database = database;
    fingerprint = Fingerprint.of(address);
  }

  AddressHistory read() {
    return new AddressHistory(first(address()), first(rejection()), incidents(), trail());
  }

  private static <T> Optional<T> first(List<T> list) {
    return list.stream().findFirst();
  }

  private List<AddressView> address() {
    return database.list("""
        SELECT u.address, u.state, u.depth, p.address, u.attempts, u.outcome, u.status, u.detail,
          u.found_at, u.done_at
        FROM url u LEFT JOIN url p ON p.id = u.parent WHERE u.fingerprint = ?""", HistoryReader::view, fingerprint);
  }

  private static AddressView view(ResultSet row) throws SQLException {
    return new AddressView(
        URI.create(row.getString(1)),
        state(row.getInt(2)),
        row.getInt(3),
        address(row, 4),
        row.getInt(5),
        Optional.ofNullable(row.getString(6)),
        Optional.ofNullable((Integer) row.getObject(7)),
        Optional.ofNullable(row.getString(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        Optional.ofNullable((Number) row.getObject(10))
            .map(millis -> Instant.ofEpochMilli(millis.longValue())));
  }

  private static State state(int number) {
    return switch (number) {
      case 0 -> State.QUEUED;
      case 1 -> State.LEASED;
      default -> State.DONE;
    };
  }

  private static Optional<URI> address(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(URI::create);
  }

  private List<Rejection> rejection() {
    return database.list(
        """
        SELECT r.depth, p.address, r.reason
        FROM rejected r LEFT JOIN url p ON p.id = r.parent WHERE r.fingerprint = ?""", row -> new Rejection(row.getInt(1), address(row, 2), row.getString(3)), fingerprint);
  }

  private List<Incident> incidents() {
    return database.list(
        """
        SELECT n.at, n.text FROM note n JOIN url u ON u.id = n.url
        WHERE u.fingerprint = ? ORDER BY n.rowid""",
        row -> new Incident(Instant.ofEpochMilli(row.getLong(1)), row.getString(2)),
        fingerprint);
  }

  private List<URI> trail() {
    return database.list("""
        WITH RECURSIVE trail (id, parent, address, step) AS (
          SELECT id, parent, address, 0 FROM url WHERE fingerprint = ?
          UNION ALL
          SELECT u.id, u.parent, u.address, step + 1 FROM url u JOIN trail ON u.id = trail.parent)
        SELECT address FROM trail ORDER BY step DESC""", row -> URI.create(row.getString(1)), fingerprint);
  }
}
