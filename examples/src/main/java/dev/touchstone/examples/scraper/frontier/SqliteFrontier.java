package dev.touchstone.examples.scraper.frontier;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.address.Fingerprint;
import dev.touchstone.examples.scraper.page.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A frontier in a SQLite database. Holds 11 to 23 bytes for each known address in memory. */
public final class SqliteFrontier implements Frontier {

  /*
   * One connection, one thread, one transaction at a time. A lease is written at once but committed
   * with the next commit: it costs no disk access of its own, and if the process dies before, the
   * rollback is the return of the lease.
   *
   * The set of fingerprints answers "known?" for the links of a page, 30 and more, without a query;
   * the unique index behind it would catch what the set does wrong.
   */

  private final Database database;
  private final FingerprintSet known = new FingerprintSet();
  private final Map<String, Long> hosts = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private Tally tally = Tally.NONE;
  private long waiting;

  private final AddressTable addresses;
  private final PreparedStatement addHost;
  private final PreparedStatement offset;
  private final TrailWriter trails;
  private final RowWriter rows;

  private SqliteFrontier(Database database) throws SQLException {
    this.database = database;
    var connection = database.connection();
    addresses = new AddressTable(connection);
    addHost = connection.prepareStatement("INSERT INTO host (origin) VALUES (?) RETURNING id");
    offset = connection.prepareStatement("""
        INSERT INTO output (name, length) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET length = excluded.length""");
    trails = new TrailWriter(connection);
    rows = new RowWriter(connection);
    load(connection);
  }

  /**
   * Opens the frontier in a file, which is created if it does not exist. What was leased is queued
   * again.
   *
   * @throws FrontierException if the file cannot be opened or is not a crawl
   */
  public static SqliteFrontier open(Path file) {
    var database = Database.open(file);
    try {
      return new SqliteFrontier(database);
    } catch (SQLException e) {
      database.close();
      throw database.failure("read", e);
    }
  }

  private void load(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE url SET state = 0 WHERE state = 1");
      connection.commit();
      each(statement.executeQuery("SELECT fingerprint FROM url"), row -> known.add(row.getLong(1)));
      each(
          statement.executeQuery("SELECT origin, id FROM host"),
          row -> hosts.put(row.getString(1), row.getLong(2)));
      each(
          statement.executeQuery("SELECT name, length FROM output"),
          row -> offsets.put(row.getString(1), row.getLong(2)));
      each(
          statement.executeQuery("SELECT count(*) FROM url WHERE state = 0"),
          row -> waiting = row.getLong(1));
      each(statement.executeQuery(Tallies.QUERY), row -> tally = Tallies.read(row));
    }
  }

  private static void each(ResultSet rows, Database.RowAction action) throws SQLException {
    try (rows) {
      while (rows.next()) {
        action.accept(rows);
      }
    }
  }

  @Override
  public List<URI> starts() {
    return database.list(
        "SELECT address FROM url WHERE depth = 0", row -> URI.create(row.getString(1)));
  }

  @Override
  public Set<String> origins() {
    var origins = new HashSet<String>();
    database.readEach(
        "SELECT origin FROM host WHERE id IN (SELECT DISTINCT host FROM url WHERE state = 0)",
        row -> origins.add(row.getString(1)));
    return origins;
  }

  @Override
  public boolean isKnown(URI address) {
    return known.contains(Fingerprint.of(address));
  }

  @Override
  public void forEach(Consumer<URI> action) {
    database.readEach(
        "SELECT address FROM url", row -> action.accept(URI.create(row.getString(1))));
  }

  @Override
  public List<Lease> lease(String origin, int max) {
    var host = hosts.get(origin);
    if (host == null) {
      return List.of();
    }
    return database.read(connection -> addresses.lease(host, max));
  }

  @Override
  public void refresh() {
    database.write(connection -> {
      addresses.requeueAll();
      rows.prepareToReplace();
    });
    waiting += tally.visited();
    tally = Tally.NONE;
  }

  @Override
  public Set<String> commit(Commit commit) {
    var added = new LinkedHashMap<Long, Found>(); // in the order in which they will be visited
    for (var found : commit.found()) {
      var number = Fingerprint.of(found.address());
      if (!known.contains(number)) {
        added.putIfAbsent(number, found);
      }
    }
    var newHosts = new HashMap<String, Long>();
    database.write(connection -> {
      var at = commit.trail().at().toEpochMilli();
      for (var visit : commit.visits()) {
        addresses.finish(visit, at);
        if (visit.lease().earlier().isPresent()
            && !(visit.outcome() instanceof Outcome.Unchanged)) {
          rows.removeOf(visit.lease());
        }
      }
      for (var again : commit.again()) {
        addresses.requeue(again);
      }
      insert(added, newHosts, at);
      rows.write(commit.rows());
      trails.write(commit.trail());
      for (var output : commit.offsets().entrySet()) {
        offset.setString(1, output.getKey());
        offset.setLong(2, output.getValue());
        offset.executeUpdate();
      }
    });
    return remember(commit, added, newHosts);
  }

  /** Brings the memory up to date, now that the disk is. */
  private Set<String> remember(Commit commit, Map<Long, Found> added, Map<String, Long> newHosts) {
    added.keySet().forEach(known::add);
    hosts.putAll(newHosts);
    offsets.putAll(commit.offsets());
    commit.visits().forEach(visit -> tally = tally.plus(visit));
    waiting += added.size() - commit.visits().size();
    var origins = new HashSet<String>();
    added.values().forEach(found -> origins.add(Addresses.origin(found.address())));
    return origins;
  }

  private void insert(Map<Long, Found> added, Map<String, Long> newHosts, long at)
      throws SQLException {
    for (var entry : added.entrySet()) {
      var found = entry.getValue();
      var host = host(Addresses.origin(found.address()), newHosts);
      addresses.insert(entry.getKey(), host, found, at);
    }
  }

  private long host(String origin, Map<String, Long> newHosts) throws SQLException {
    var id = hosts.get(origin);
    if (id != null) {
      return id;
    }
    var fresh = newHosts.get(origin);
    if (fresh != null) {
      return fresh;
    }
    addHost.setString(1, origin);
    each(addHost.executeQuery(), row -> newHosts.put(origin, row.getLong(1)));
    return requireNonNull(newHosts.get(origin));
  }

  @Override
  public Map<String, Long> offsets() {
    return Map.copyOf(offsets);
  }

  @Override
  public long waiting() {
    return waiting;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    database.close();
  }
}
