package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Earlier;
import dev.touchstone.examples.scraper.page.Link;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.Validators;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of addresses: each step of the way of one, from its discovery to its end. */
final class AddressTable {

  private final PreparedStatement insert;
  private final PreparedStatement queued;
  private final PreparedStatement lease;
  private final PreparedStatement requeue;
  private final PreparedStatement requeueAll;
  private final PreparedStatement done;
  private final PreparedStatement unchanged;

  AddressTable(Connection connection) throws SQLException {
    insert = connection.prepareStatement("""
        INSERT INTO url (fingerprint, host, address, depth, priority, parent, state, found_at)
        VALUES (?, ?, ?, ?, ?, ?, 0, ?)""");
    queued = connection.prepareStatement("""
        SELECT u.id, u.address, u.depth, u.attempts, p.address, u.outcome, u.bytes, u.etag, u.modified
        FROM url u LEFT JOIN url p ON p.id = u.parent
        WHERE u.host = ? AND u.state = 0 ORDER BY u.priority DESC, u.id LIMIT ?""");
    lease = connection.prepareStatement("UPDATE url SET state = 1 WHERE id = ?");
    requeue = connection.prepareStatement(
        "UPDATE url SET state = 0, attempts = attempts + 1 WHERE id = ?");
    requeueAll = connection.prepareStatement(
        "UPDATE url SET state = 0, attempts = 0, unchanged = 0 WHERE state = 2");
    done = connection.prepareStatement("""
        UPDATE url SET state = 2, attempts = ?, done_at = ?, outcome = ?, status = ?, detail = ?,
          bytes = ?, etag = ?, modified = ?
        WHERE id = ?""");
    unchanged = connection.prepareStatement(
        "UPDATE url SET state = 2, attempts = ?, done_at = ?, unchanged = 1 WHERE id = ?");
  }

  /** Adds an address that is not there, and queues it. */
  void insert(long fingerprint, long host, Found found, long at) throws SQLException {
    insert.setLong(1, fingerprint);
    insert.setLong(2, host);
    insert.setString(3, found.address().toString());
    insert.setInt(4, found.depth());
    insert.setInt(5, found.priority());
    insert.setObject(6, found.on().map(Lease::id).orElse(null));
    insert.setLong(7, at);
    insert.executeUpdate();
  }

  /** Takes queued addresses of one host. */
  List<Lease> lease(long host, int max) throws SQLException {
    var leases = new ArrayList<Lease>();
    queued.setLong(1, host);
    queued.setInt(2, max);
    try (var rows = queued.executeQuery()) {
      while (rows.next()) {
        leases.add(read(rows));
      }
    }
    for (var taken : leases) {
      lease.setLong(1, taken.id());
      lease.executeUpdate();
    }
    return leases;
  }

  private static Lease read(ResultSet row) throws SQLException {
    var from = Optional.ofNullable(row.getString(5)).map(URI::create);
    var link = new Link(URI.create(row.getString(2)), row.getInt(3), from);
    return new Lease(row.getLong(1), link, row.getInt(4), earlier(row));
  }

  private static Optional<Earlier> earlier(ResultSet row) throws SQLException {
    var outcome = row.getString(6);
    if (outcome == null) {
      return Optional.empty();
    }
    var validators = new Validators(
        Optional.ofNullable(row.getString(8)), Optional.ofNullable(row.getString(9)));
    return Optional.of(new Earlier(outcome.equals("page"), row.getLong(7), validators));
  }

  /** Queues an address once more, whose visit came to no lasting answer. */
  void requeue(Lease again) throws SQLException {
    requeue.setLong(1, again.id());
    requeue.executeUpdate();
  }

  /** Queues every address once more that is done; what became of it stays until it is visited. */
  void requeueAll() throws SQLException {
    requeueAll.executeUpdate();
  }

  /** Writes down what became of an address. */
  void finish(Visit visit, long at) throws SQLException {
    var outcome = visit.outcome();
    if (outcome instanceof Outcome.Unchanged) {
      finish(unchanged, 0, visit, at);
      return;
    }
    done.setString(3, outcome.kind());
    done.setObject(4, Outcomes.status(outcome));
    done.setString(5, Outcomes.detail(outcome));
    done.setLong(6, outcome instanceof Outcome.Page page ? page.bytes() : 0);
    done.setString(7, visit.validators().etag().orElse(null));
    done.setString(8, visit.validators().modified().orElse(null));
    finish(done, 6, visit, at);
  }

  /* All begin with the attempts and the time, and end with the number of the address. */
  private static void finish(PreparedStatement statement, int between, Visit visit, long at)
      throws SQLException {
    var isFetched = !(visit.outcome() instanceof Outcome.Excluded);
    statement.setInt(1, visit.lease().attempts() + (isFetched ? 1 : 0));
    statement.setLong(2, at);
    statement.setLong(3 + between, visit.lease().id());
    statement.executeUpdate();
  }
}
