package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.address.Fingerprint;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a crawl, from another process too and while it runs: what it says is as of the last commit.
 *
 * <p>Changes nothing. For one thread at a time.
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
   * @param foundAt when the crawl came upon it
   * @param doneAt when it was done; empty if it is not
   */
  public record AddressView(
      URI address,
      State state,
      int depth,
      Optional<URI> foundOn,
      int attempts,
      Optional<String> outcome,
      Optional<Integer> status,
      Optional<String> detail,
      Instant foundAt,
      Optional<Instant> doneAt) {}

  /**
   * An address that the crawl came upon and does not go to.
   *
   * @param address the address
   * @param depth how many links it is away from a seed
   * @param foundOn the page that named it first
   * @param reason why not
   */
  public record RejectedView(URI address, int depth, Optional<URI> foundOn, String reason) {}

  /**
   * Something that happened to an address on its way.
   *
   * @param at when
   * @param text what
   */
  public record NoteView(Instant at, String text) {}

  /**
   * An address in a list.
   *
   * @param id grows in the order in which addresses were found
   * @param address as it is fetched
   * @param outcome what became of it; empty if it is not done
   * @param status the status of a redirect or a refusal
   * @param detail its title, target, media type or reason, by its outcome
   */
  public record ListedAddress(
      long id,
      URI address,
      Optional<String> outcome,
      Optional<Integer> status,
      Optional<String> detail) {}

  /**
   * A file that the crawl writes.
   *
   * @param name its name from the folder that the crawl's folder is in
   * @param length how much of it is committed, in bytes
   */
  public record OutputFigures(String name, long length) {}

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
        FROM url WHERE state = 2 AND outcome IN ('refused', 'failed')
        GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT\s""" + max,
        row -> new ErrorFigures(
            row.getString(1), row.getString(2), row.getLong(3), URI.create(row.getString(4))));
  }

  /** Returns what is known of a canonical address; empty if the crawl never came upon it. */
  public Optional<AddressView> address(URI address) {
    return database.read(connection -> {
      try (var statement = connection.prepareStatement("""
          SELECT u.address, u.state, u.depth, p.address, u.attempts, u.outcome, u.status, u.detail,
            u.found_at, u.done_at
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
        Optional.ofNullable(row.getString(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        Optional.ofNullable((Number) row.getObject(10))
            .map(millis -> Instant.ofEpochMilli(millis.longValue())));
  }

  /** Returns why the crawl does not go to an address; empty if it does, or forgot. */
  public Optional<RejectedView> rejected(URI address) {
    return list(
            """
            SELECT r.address, r.depth, p.address, r.reason
            FROM rejected r LEFT JOIN url p ON p.id = r.parent WHERE r.fingerprint =\s""" + Fingerprint.of(address),
            row -> new RejectedView(
                URI.create(row.getString(1)),
                row.getInt(2),
                Optional.ofNullable(row.getString(3)).map(URI::create),
                row.getString(4)))
        .stream()
        .findFirst();
  }

  /** Returns what happened to an address on its way, in that order. */
  public List<NoteView> notes(URI address) {
    return list(
        """
        SELECT n.at, n.text FROM note n JOIN url u ON u.id = n.url
        WHERE u.fingerprint = %d ORDER BY n.rowid""".formatted(Fingerprint.of(address)),
        row -> new NoteView(Instant.ofEpochMilli(row.getLong(1)), row.getString(2)));
  }

  /** Returns the text of each {@code robots.txt} that was fetched, by origin. */
  public Map<String, String> robots() {
    var texts = new HashMap<String, String>();
    database.readEach(
        "SELECT origin, text FROM robots", row -> texts.put(row.getString(1), row.getString(2)));
    return texts;
  }

  /** Returns the names of the tables with records of the crawl's own definition. */
  public Set<String> tables() {
    return Set.copyOf(list(RowWriter.TABLES, row -> row.getString(1)));
  }

  /** Does something with what is known of each address, in the order in which they were found. */
  public void forEachAddress(Consumer<Map<String, @Nullable Object>> action) {
    forEach("""
        SELECT u.address AS url, u.outcome, u.status, u.detail, u.depth, u.attempts, u.bytes,
          p.address AS foundOn
        FROM url u LEFT JOIN url p ON p.id = u.parent ORDER BY u.id""", action);
  }

  /**
   * Does something with each row of a table, which begins with the page.
   *
   * @param table one of {@link #tables}
   */
  public void forEachRow(String table, Consumer<Map<String, @Nullable Object>> action) {
    if (!tables().contains(table)) {
      throw new IllegalArgumentException("table must be one of " + tables() + ", was " + table);
    }
    forEach("""
        SELECT u.address AS url, i.* FROM "%s" i JOIN url u ON u.id = i.page ORDER BY i.rowid""".formatted(table), action);
  }

  private void forEach(String query, Consumer<Map<String, @Nullable Object>> action) {
    database.readEach(query, row -> {
      var columns = row.getMetaData();
      var values = new LinkedHashMap<String, @Nullable Object>();
      for (var i = 1; i <= columns.getColumnCount(); i++) {
        if (!columns.getColumnLabel(i).equals("page")) { // a number that means nothing outside
          values.put(columns.getColumnLabel(i), row.getObject(i));
        }
      }
      action.accept(values);
    });
  }

  /** Returns the addresses that the crawl started at, and those that they redirected to. */
  public List<URI> starts() {
    return list("SELECT address FROM url WHERE depth = 0", row -> URI.create(row.getString(1)));
  }

  /** Returns the way to a canonical address: from a seed on, what named the next one; itself last. */
  public List<URI> trail(URI address) {
    return list("""
        WITH RECURSIVE trail (id, parent, address, step) AS (
          SELECT id, parent, address, 0 FROM url WHERE fingerprint = %d
          UNION ALL
          SELECT u.id, u.parent, u.address, step + 1 FROM url u JOIN trail ON u.id = trail.parent)
        SELECT address FROM trail ORDER BY step DESC""".formatted(Fingerprint.of(address)), row -> URI.create(row.getString(1)));
  }

  /**
   * Returns addresses in the order in which they were found.
   *
   * @param outcome what became of them, such as {@code page}; empty for those that wait
   * @param reason the status or what went wrong, as in {@link #errors}; empty for any
   * @param after the id of the last address that the caller has, 0 for none
   * @param max how many to return at most
   */
  public List<ListedAddress> addresses(
      Optional<String> outcome, Optional<String> reason, long after, int max) {
    var conditions = (outcome.isPresent() ? "state = 2 AND outcome = ?" : "state < 2")
        + (reason.isPresent() ? " AND CAST(coalesce(detail, status) AS TEXT) = ?" : "");
    return database.read(connection -> {
      try (var statement =
          connection.prepareStatement("SELECT id, address, outcome, status, detail FROM url WHERE "
              + conditions + " AND id > ? ORDER BY id LIMIT ?")) {
        var at = 0;
        for (var value : List.of(outcome, reason)) {
          if (value.isPresent()) {
            statement.setString(++at, value.get());
          }
        }
        statement.setLong(++at, after);
        statement.setInt(++at, max);
        return rows(statement.executeQuery(), CrawlView::listed);
      }
    });
  }

  private static ListedAddress listed(ResultSet row) throws SQLException {
    return new ListedAddress(
        row.getLong(1),
        URI.create(row.getString(2)),
        Optional.ofNullable(row.getString(3)),
        Optional.ofNullable((Integer) row.getObject(4)),
        Optional.ofNullable(row.getString(5)));
  }

  /** Returns the files that the crawl writes, by name. */
  public List<OutputFigures> outputs() {
    return list(
        "SELECT name, length FROM output ORDER BY name",
        row -> new OutputFigures(row.getString(1), row.getLong(2)));
  }

  /** Makes an element of a row. */
  @FunctionalInterface
  private interface RowReader<T> {

    /** Makes it. */
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String query, RowReader<T> reader) {
    var list = new ArrayList<T>();
    database.readEach(query, row -> list.add(reader.read(row)));
    return list;
  }

  private static <T> List<T> rows(ResultSet rows, RowReader<T> reader) throws SQLException {
    var list = new ArrayList<T>();
    try (rows) {
      while (rows.next()) {
        list.add(reader.read(rows));
      }
    }
    return list;
  }

  /** Closes the view. */
  @Override
  public void close() {
    database.close();
  }
}
