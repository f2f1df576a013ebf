package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;

import java.util.ArrayList;
import java.util.List;

/** Shows what a whole consists of, as a bar. */
public final class Meter {

  private static final int WIDTH = 1000;
  private static final int COLOURS = 6;

  /**
   * A part of a whole.
   *
   * @param label what it is
   * @param size how large, in any unit; not negative
   */
  public record Part(String label, long size) {}

  private Meter() {}

  /**
   * Returns a short bar that is filled as far as the part goes.
   *
   * @param label what it shows, for those who hear the page
   */
  public static Html of(String label, long part, long whole) {
    var width = whole == 0 ? 0 : Math.clamp(WIDTH * part / whole, part > 0 ? 1 : 0, WIDTH);
    return picture("meter", label + ": " + Quantities.share(part, whole)).add(bar(0, width, 1));
  }

  /**
   * Returns a bar over the whole width with a legend below; parts of size 0 are left out.
   *
   * @param label what it shows, for those who hear the page
   */
  public static Html stacked(String label, List<Part> parts) {
    var whole = parts.stream().mapToLong(Part::size).sum();
    var chart = picture("bar-chart", label);
    var legend = new ArrayList<Html>();
    var colour = 0;
    var before = 0L;
    for (var part : parts) {
      colour = colour % COLOURS + 1;
      if (part.size() > 0) {
        var from = (int) (WIDTH * before / whole);
        before += part.size();
        chart.add(bar(from, Math.max(1, (int) (WIDTH * before / whole) - from), colour));
        legend.add(tag("li", tag("span").styled("key part-" + colour))
            .add(part.label() + " ")
            .add(tag("b", Quantities.count(part.size())))
            .add(tag("span", " " + Quantities.share(part.size(), whole)).styled("muted")));
      }
    }
    return Html.of(chart, tag("ul").add(legend).styled("legend"));
  }

  private static Element picture(String style, String label) {
    return tag("svg")
        .styled(style)
        .with("viewBox", "0 0 " + WIDTH + " 10")
        .with("preserveAspectRatio", "none")
        .with("role", "img")
        .with("aria-label", label);
  }

  private static Element bar(long from, long width, int colour) {
    return tag("rect")
        .styled("part-" + colour)
        .with("x", from)
        .with("width", width)
        .with("height", 10);
  }
}
