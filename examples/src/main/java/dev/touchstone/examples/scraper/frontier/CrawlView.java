package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    return database.list(
        """
        SELECT h.origin, count(*) FILTER (WHERE u.state = 2), count(*) FILTER (WHERE u.state < 2)
        FROM url u JOIN host h ON h.id = u.host
        GROUP BY h.id ORDER BY count(*) DESC, h.origin LIMIT\s""" + max, row -> new HostFigures(row.getString(1), row.getLong(2), row.getLong(3)));
  }

  /** Returns the most frequent kinds of failure. */
  public List<ErrorFigures> errors(int max) {
    return database.list(
        """
        SELECT outcome, coalesce(detail, status), count(*), min(address)
        FROM url WHERE state = 2 AND outcome IN ('refused', 'failed')
        GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT\s""" + max,
        row -> new ErrorFigures(
            row.getString(1), row.getString(2), row.getLong(3), URI.create(row.getString(4))));
  }

  /** Returns all that is kept of a canonical address; of one that the crawl never came upon, nothing. */
  public AddressHistory history(URI address) {
    return new HistoryReader(database, address).read();
  }

  /** Does something with each address that the crawl came upon and goes to, in no order. */
  public void forEachKnown(Consumer<URI> action) {
    database.readEach(
        "SELECT address FROM url", row -> action.accept(URI.create(row.getString(1))));
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
    return Set.copyOf(database.list(RowWriter.TABLES, row -> row.getString(1)));
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
    return database.list(
        "SELECT address FROM url WHERE depth = 0", row -> URI.create(row.getString(1)));
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
    var parameters = new ArrayList<Object>();
    outcome.ifPresent(parameters::add);
    reason.ifPresent(parameters::add);
    parameters.add(after);
    return database.list(
        "SELECT id, address, outcome, status, detail FROM url WHERE " + conditions
            + " AND id > ? ORDER BY id LIMIT " + max,
        CrawlView::listed,
        parameters.toArray());
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
    return database.list(
        "SELECT name, length FROM output ORDER BY name",
        row -> new OutputFigures(row.getString(1), row.getLong(2)));
  }

  /** Closes the view. */
  @Override
  public void close() {
    database.close();
  }
}
