package dev.touchstone.examples.scraper.frontier;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts what is done in the database. */
final class Tallies {

  /** Gives one row, for {@link #read}. */
  static final String QUERY = """
      SELECT
        count(*) FILTER (WHERE outcome = 'page'),
        count(*) FILTER (WHERE outcome = 'redirect'),
        count(*) FILTER (WHERE outcome = 'other'),
        count(*) FILTER (WHERE outcome = 'refused'),
        count(*) FILTER (WHERE outcome = 'failed'),
        count(*) FILTER (WHERE outcome = 'excluded'),
        coalesce(sum(max(attempts - 1, 0)), 0),
        coalesce(sum(bytes), 0),
        coalesce(sum(unchanged), 0)
      FROM url WHERE state = 2""";

  private Tallies() {}

  static Tally read(ResultSet row) throws SQLException {
    return new Tally(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9));
  }
}
