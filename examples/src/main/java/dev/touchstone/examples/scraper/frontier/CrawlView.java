package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.address.Fingerprint;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a crawl, from another process too and while it runs: what it says is as of the last commit.
 *
 * <p>Changes nothing. Confined to one thread.
 */
public final class CrawlView implements AutoCloseable {

  /**
   * The crawl as a whole.
   *
   * @param tally what is done
   * @param waiting how many addresses are known and not done
   */
  public record Overview(Tally tally, long waiting) {}

  /**
   * One host of the crawl.
   *
   * @param origin scheme, host and port
   * @param done how many of its addresses are done
   * @param waiting how many are not
   */
  public record HostFigures(String origin, long done, long waiting) {}

  /**
   * A kind of failure.
   *
   * @param kind {@code refused} or {@code failed}
   * @param reason the status, or what went wrong
   * @param count how many addresses met it
   * @param example one of them
   */
  public record ErrorFigures(String kind, String reason, long count, URI example) {}

  /** Where an address stands. */
  public enum State {
    /** It is to be visited. */
    QUEUED,
    /** It is being visited. */
    LEASED,
    /** It was visited. */
    DONE
  }

  /**
   * All that is known of one address.
   *
   * @param address as it is fetched, which may differ from what was asked for in what does not count
   * @param state where it stands
   * @param depth how many links it is away from a seed
   * @param foundOn the page or redirect that named it first; empty for a seed
   * @param attempts how often it was fetched
   * @param outcome what became of it, such as {@code page}; empty if it is not done
   * @param status the status of a redirect or a refusal
   * @param detail its title, target, media type or reason, by its outcome
   */
  public record AddressView(
      URI address,
      State state,
      int depth,
      Optional<URI> foundOn,
      int attempts,
      Optional<String> outcome,
      Optional<Integer> status,
      Optional<String> detail) {}

  private final Database database;

  private CrawlView(Database database) {
    this.database = database;
  }

  /**
   * Opens the view of a crawl.
   *
   * @param file its database
   * @throws FrontierException if it cannot be opened or is not a crawl
   */
  public static CrawlView open(Path file) {
    return new CrawlView(Database.openReadOnly(file));
  }

  /** Returns the figures of the whole. */
  public Overview overview() {
    return database.read(connection -> {
      try (var statement = connection.createStatement();
          var tally = statement.executeQuery(Tallies.QUERY)) {
        tally.next();
        var done = Tallies.read(tally);
        try (var count = connection.createStatement();
            var waiting = count.executeQuery("SELECT count(*) FROM url WHERE state < 2")) {
          waiting.next();
          return new Overview(done, waiting.getLong(1));
        }
      }
    });
  }

  /** Returns the hosts with the most addresses. */
  public List<HostFigures> hosts(int max) {
    return list(
        """
        SELECT h.origin, count(*) FILTER (WHERE u.state = 2), count(*) FILTER (WHERE u.state < 2)
        FROM url u JOIN host h ON h.id = u.host
        GROUP BY h.id ORDER BY count(*) DESC, h.origin LIMIT\s""" + max, row -> new HostFigures(row.getString(1), row.getLong(2), row.getLong(3)));
  }

  /** Returns the most frequent kinds of failure. */
  public List<ErrorFigures> errors(int max) {
    return list(
        """
        SELECT outcome, coalesce(detail, status), count(*), min(address)
        FROM url WHERE outcome IN ('refused', 'failed')
        GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT\s""" + max,
        row -> new ErrorFigures(
            row.getString(1), row.getString(2), row.getLong(3), URI.create(row.getString(4))));
  }

  /** Returns what is known of a canonical address; empty if the crawl never came upon it. */
  public Optional<AddressView> address(URI address) {
    return database.read(connection -> {
      try (var statement = connection.prepareStatement("""
          SELECT u.address, u.state, u.depth, p.address, u.attempts, u.outcome, u.status, u.detail
          FROM url u LEFT JOIN url p ON p.id = u.parent WHERE u.fingerprint = ?""")) {
        statement.setLong(1, Fingerprint.of(address));
        try (var row = statement.executeQuery()) {
          return row.next() ? Optional.of(address(row)) : Optional.empty();
        }
      }
    });
  }

  private static AddressView address(ResultSet row) throws SQLException {
    return new AddressView(
        URI.create(row.getString(1)),
        State.values()[row.getInt(2)],
        row.getInt(3),
        Optional.ofNullable(row.getString(4)).map(URI::create),
        row.getInt(5),
        Optional.ofNullable(row.getString(6)),
        Optional.ofNullable((Integer) row.getObject(7)),
        Optional.ofNullable(row.getString(8)));
  }

  /** Makes an element of a row. */
  @FunctionalInterface
  private interface RowReader<T> {

    /** Makes it. */
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String query, RowReader<T> reader) {
    return database.read(connection -> {
      var list = new ArrayList<T>();
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        while (rows.next()) {
          list.add(reader.read(rows));
        }
      }
      return list;
    });
  }

  /** Closes the view. */
  @Override
  public void close() {
    database.close();
  }
}
