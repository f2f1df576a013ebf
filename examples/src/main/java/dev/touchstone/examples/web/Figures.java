package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;

/**
 * A strip of the few figures that matter most.
 *
 * <p>Confined to one thread.
 */
public final class Figures {

  private final Element list = tag("dl").styled("figures");

  /** Adds a figure. */
  public Figures add(String label, String value) {
    return add(label, value, "");
  }

  /**
   * Adds a figure.
   *
   * @param label what it is of
   * @param value the figure
   * @param note what it means or compares with, in a few words
   */
  public Figures add(String label, String value, String note) {
    var entry = tag("div", tag("dt", label), tag("dd", value).styled("value"));
    list.add(note.isEmpty() ? entry : entry.add(tag("dd", note).styled("note")));
    return this;
  }

  /** Returns the strip. */
  public Html html() {
    return list;
  }
}
