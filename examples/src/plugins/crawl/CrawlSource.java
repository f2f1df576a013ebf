package dev.touchstone.plugins.crawl;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowReader;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Reads the addresses that a crawl is done with, or the items of a kind that it kept with {@code sqlite:
 * true}. The bookmark is the id of the last row. The crawl may run meanwhile.
 */
public final class CrawlSource implements Source {

  private static final String DATABASE = "crawl.db";
  private static final String PAGES = "pages";

  @Override
  public String name() {
    return "crawl";
  }

  @Override
  public String about() {
    return "reads addresses or items from the folder of a crawl";
  }

  @Override
  public List<String> options() {
    return List.of("folder", "of");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.require("folder").text();
  }

  @Override
  public RowReader open(Assignment assignment) throws IOException {
    var file = assignment.folder().resolve(assignment.require("folder").text()).resolve(DATABASE);
    if (Files.notExists(file)) {
      throw new IOException("no crawl is kept in " + file.getParent());
    }
    var of = assignment.find("of");
    var last = assignment.bookmark().map(Long::parseLong).orElse(0L);
    try {
      var config = new SQLiteConfig();
      config.setReadOnly(true);
      var connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        return new Rows(
            connection, query(connection, of.map(YamlNode::text).orElse(PAGES), file), last);
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String query(Connection connection, String of, Path file)
      throws SQLException, IOException {
    if (of.equals(PAGES)) {
      return """
          SELECT id, address AS url, depth, outcome, status, bytes FROM url
          WHERE state = 2 AND id > ? ORDER BY id LIMIT ?\
          """;
    }
    var kinds = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var tables = statement.executeQuery(
            "SELECT substr(name, 6) FROM sqlite_schema WHERE name LIKE 'item\\_%' ESCAPE '\\'")) {
      while (tables.next()) {
        kinds.add(tables.getString(1));
      }
    }
    if (!kinds.contains(of)) {
      throw new IOException(
          "%s has no items '%s'; it has %s and %s".formatted(file, of, PAGES, kinds));
    }
    return """
        SELECT i.rowid, u.address AS url, i.* FROM "item_%s" i JOIN url u ON u.id = i.page
        WHERE i.rowid > ? ORDER BY i.rowid LIMIT ?\
        """.formatted(of.replace("\"", "\"\""));
  }

  private static final class Rows implements RowReader {

    private final Connection connection;
    private final PreparedStatement query;
    private long last;

    Rows(Connection connection, String query, long last) throws SQLException {
      this.connection = connection;
      this.query = connection.prepareStatement(query);
      this.last = last;
    }

    @Override
    public List<Row> read(int max) throws IOException {
      try {
        query.setLong(1, last);
        query.setInt(2, max);
        var rows = new ArrayList<Row>();
        try (var results = query.executeQuery()) {
          while (results.next()) {
            last = results.getLong(1);
            rows.add(row(results));
          }
        }
        return rows;
      } catch (SQLException e) {
        throw new IOException("cannot read the database of the crawl: " + e.getMessage(), e);
      }
    }

    private static Row row(ResultSet results) throws SQLException {
      var columns = results.getMetaData();
      var row = new LinkedHashMap<String, @Nullable Object>();
      for (var i = 2; i <= columns.getColumnCount(); i++) {
        if (!columns.getColumnLabel(i).equals("page")) { // a number that means nothing outside
          row.put(columns.getColumnLabel(i), results.getObject(i));
        }
      }
      return new Row(row);
    }

    @Override
    public String bookmark() {
      return Long.toString(last);
    }

    @Override
    public void close() throws IOException {
      try (connection) {
        query.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
