package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.dashboard.GatewayData.Seen;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Draws when calls began and how long they took. */
final class Bars {

  private static final int WIDTH = 1_000;
  private static final int ROW = 10;
  private static final int HEIGHT = 6;

  private Bars() {}

  /**
   * Returns a bar for each call of a request, one below the other; one bar if it made none.
   *
   * @param whole how long the time axis is
   */
  static Html of(Seen seen, Duration whole) {
    var parts = seen.parts();
    if (parts.isEmpty()) {
      var took = Duration.ofNanos(seen.request().nanos());
      var style = Traffic.isError(seen.request()) ? "part-5" : "part-6";
      return picture(1, "No calls; took " + Terms.time(took))
          .add(bar(0, Duration.ZERO, took, whole, style));
    }
    var words = parts.stream()
        .map(part -> part.name() + " " + Terms.time(part.took()))
        .collect(Collectors.joining(", "));
    var picture = picture(parts.size(), words);
    for (var i = 0; i < parts.size(); i++) {
      picture.add(bar(i, parts.get(i), whole));
    }
    return picture;
  }

  /** Returns a table of the calls of a request, with their bars on one time axis. */
  static Html table(List<Part> parts, Duration whole) {
    var table = new Table("The calls, and when each was made")
        .column("Call", Style.NOWRAP)
        .column("Outcome", Style.NOWRAP)
        .column("0 – " + Terms.time(whole), Style.PICTURE)
        .column("Began", Style.NUMBER, Style.WIDE)
        .column("Took", Style.NUMBER)
        .column("Attempts", Style.NUMBER, Style.WIDE)
        .column("Why");
    for (var part : parts) {
      var words = "from " + Terms.time(part.begin()) + " for " + Terms.time(part.took());
      table.row(
          tag("span", part.name()).styled("code"),
          Terms.state(part.outcome()),
          picture(1, words).add(bar(0, part, whole)),
          Html.text(Terms.time(part.begin())),
          Html.text(Terms.time(part.took())),
          Html.text(Integer.toString(part.attempts())),
          Html.text(part.reason().orElse("")));
    }
    return table.orElse("No call was made for it.");
  }

  private static Element picture(int rows, String label) {
    var height = rows * ROW;
    return tag("svg")
        .styled("bars")
        .with("viewBox", "0 0 " + WIDTH + " " + height)
        .with("height", height)
        .with("preserveAspectRatio", "none")
        .with("role", "img")
        .with("aria-label", label);
  }

  private static Element bar(int row, Part part, Duration whole) {
    var style = switch (part.outcome()) {
      case COMPLETE -> "part-1";
      case PARTIAL, STALE, DEFAULT, ABSENT -> "part-4";
      case FAILED -> "part-5";
    };
    return bar(row, part.begin(), part.took(), whole, style);
  }

  private static Element bar(int row, Duration begin, Duration took, Duration whole, String style) {
    var nanos = Math.max(1, whole.toNanos());
    var from = Math.clamp(WIDTH * begin.toNanos() / nanos, 0, WIDTH - 4);
    var width = Math.clamp(WIDTH * took.toNanos() / nanos, 4, WIDTH - from);
    return tag("rect")
        .styled(style)
        .with("x", from)
        .with("y", row * ROW + (ROW - HEIGHT) / 2)
        .with("width", width)
        .with("height", HEIGHT);
  }

  /** Returns what the colours mean. */
  static Html legend() {
    return tag(
            "ul",
            entry("part-1", "Complete"),
            entry("part-4", "Left out, or something in its place"),
            entry("part-5", "Failed"),
            entry("part-6", "No calls"))
        .styled("legend");
  }

  private static Html entry(String style, String label) {
    return tag("li", tag("span").styled("key " + style), Html.text(label));
  }
}
