package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;

/** A framed part of a page with a heading. */
public final class Panel {

  /** How much of the width a panel takes where there is enough of it. */
  public enum Width {
    /** All of it. */
    FULL(""),
    /** Two thirds. */
    TWO_THIRDS(" two-thirds"),
    /** A half. */
    HALF(" half"),
    /** A third. */
    THIRD(" third");

    private final String style;

    Width(String style) {
      this.style = style;
    }
  }

  private Panel() {}

  /** Returns a panel over the whole width. */
  public static Html of(String heading, Html content) {
    return of(Width.FULL, heading, Html.none(), content);
  }

  /**
   * Returns a panel.
   *
   * @param width how much of the width it takes within {@link #row}
   * @param heading what it shows
   * @param aside a remark or a link beside the heading
   * @param content what is in it
   */
  public static Html of(Width width, String heading, Html aside, Html content) {
    return tag("section", tag("header", tag("h2", heading), aside), content)
        .styled("panel" + width.style);
  }

  /** Returns panels beside each other. */
  public static Html row(Html... panels) {
    return tag("div", panels).styled("panels");
  }
}
