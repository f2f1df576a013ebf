package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;

import java.util.List;
import java.util.Locale;

/** Draws how a figure went, without scales: the reader sees the shape, and the words say the rest. */
public final class Sparkline {

  private static final int HEIGHT = 100;
  private static final int STEP = 10;

  private Sparkline() {}

  /**
   * Returns the line of values at equal distances, the newest on the right, from zero to the greatest.
   *
   * @param label what it shows and the figures that matter, for those who hear the page
   * @param values at least 0 each
   */
  public static Html of(String label, List<? extends Number> values) {
    var top = Math.max(
        values.stream().mapToDouble(Number::doubleValue).max().orElse(0), Double.MIN_NORMAL);
    var line = new StringBuilder();
    for (var i = 0; i < values.size(); i++) {
      line.append(i == 0 ? "M" : "L")
          .append(i * STEP)
          .append(' ')
          .append(String.format(
              Locale.ROOT, "%.1f", HEIGHT - HEIGHT * values.get(i).doubleValue() / top));
    }
    var width = Math.max(1, values.size() - 1) * STEP;
    var picture = tag("svg")
        .styled("spark")
        .with("viewBox", "0 0 " + width + " " + HEIGHT)
        .with("preserveAspectRatio", "none")
        .with("role", "img")
        .with("aria-label", label);
    if (values.size() > 1) {
      var area = line + "V" + HEIGHT + "H0Z";
      picture.add(path("area", area), path("line", line.toString()));
    }
    return picture.add(path("base", "M0 " + HEIGHT + "H" + width));
  }

  private static Html path(String style, String points) {
    return tag("path").styled(style).with("d", points);
  }
}
