package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.frontier.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * The database of the crawl, as an output: what is appended is written with the next commit, in the same
 * transaction.
 *
 * <p>Confined to the thread that commits.
 */
public final class Tables {

  private final List<Row> rows = new ArrayList<>();

  Tables() {}

  /** Appends a row. */
  public void append(Row row) {
    rows.add(requireNonNull(row, "row"));
  }

  /** Returns what was appended since the last call, for the commit. */
  public List<Row> takeAll() {
    var all = List.copyOf(rows);
    rows.clear();
    return all;
  }
}
