package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table, built row by row. The first cell of a row is its head.
 *
 * <p>Confined to one thread.
 */
public final class Table {

  /** How a column is set. */
  public enum Style {
    /** Digits below digits. */
    NUMBER,
    /** In one line, whatever the width of the page. */
    NOWRAP,
    /** A long word that may be broken anywhere. */
    ADDRESS,
    /** In one line that is cut off where it gets too long. */
    CLIP,
    /** Room for a picture that is as wide as there is room. */
    PICTURE,
    /** Left out on a narrow screen. */
    WIDE
  }

  private record Column(String label, String classes) {

    Element apply(Element cell) {
      return classes.isEmpty() ? cell : cell.styled(classes);
    }
  }

  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<Html> rows = new ArrayList<>();

  /**
   * Creates a table without columns and rows.
   *
   * @param caption what it shows, for those who hear the page
   */
  public Table(String caption) {
    this.caption = caption;
  }

  /** Adds a column. */
  public Table column(String label, Style... styles) {
    var classes = Set.of(styles).stream()
        .map(style -> style.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" "));
    columns.add(new Column(label, classes));
    return this;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it does not have a cell for each column
   */
  public Table row(Html... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have %d cells, had %d".formatted(columns.size(), cells.length));
    }
    var row = tag("tr");
    for (var i = 0; i < cells.length; i++) {
      var cell = i == 0 ? tag("th", cells[i]).with("scope", "row") : tag("td", cells[i]);
      row.add(columns.get(i).apply(cell));
    }
    rows.add(row);
    return this;
  }

  /**
   * Returns the table, or a sentence if it has no rows.
   *
   * @param empty the sentence
   */
  public Html orElse(String empty) {
    if (rows.isEmpty()) {
      return tag("p", empty).styled("empty");
    }
    var head = tag("tr");
    columns.forEach(
        column -> head.add(column.apply(tag("th", column.label()).with("scope", "col"))));
    var table = tag(
        "table",
        tag("caption", caption).styled("unseen"),
        tag("thead", head),
        tag("tbody").add(rows));
    return tag("div", table)
        .styled("scroll")
        .with("role", "region")
        .with("aria-label", caption)
        .with("tabindex", 0); // so that it can be scrolled with the keyboard
  }
}
