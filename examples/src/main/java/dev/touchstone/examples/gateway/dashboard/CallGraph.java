package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.plan.Step;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the calls of a plan, level by level from left to right, with what became of them last. */
final class CallGraph {

  private static final int WIDTH = 208;
  private static final int HEIGHT = 66;
  private static final int GAP = 64;
  private static final int ROW = HEIGHT + 18;
  private static final int TOP = 24;
  private static final int TIP = 7;
  private static final int LONGEST = 26;

  private record Place(int x, int y) {}

  private final Plan plan;
  private final Map<String, List<Part>> recent;

  /**
   * Creates one.
   *
   * @param recent what became of the calls, by name, the newest first
   */
  CallGraph(Plan plan, Map<String, List<Part>> recent) {
    this.plan = plan;
    this.recent = recent;
  }

  Html html() {
    return Html.of(
        tag("div", picture())
            .styled("scroll")
            .with("role", "region")
            .with("aria-label", "Picture of the calls")
            .with("tabindex", 0),
        tag(
                "ul",
                entry("call-required", "Required: no answer without it"),
                entry("call-optional", "Optional: left out if it fails"),
                entry("call-default", "A default in its place"),
                entry("call-stale", "An older value in its place"))
            .styled("legend"));
  }

  private static Html entry(String style, String label) {
    return tag("li", tag("span").styled("key " + style), Html.text(label));
  }

  private Element picture() {
    var levels = plan.levels();
    var rows = levels.stream().mapToInt(List::size).max().orElse(1);
    var width = levels.size() * (WIDTH + GAP) - GAP + 2;
    var height = TOP + rows * ROW - (ROW - HEIGHT) + 2;
    var picture = tag("svg")
        .styled("calls")
        .with("viewBox", "0 0 " + width + " " + height)
        .with("width", width)
        .with("height", height)
        .with("role", "img")
        .with("aria-label", "The calls level by level, as the table below says");
    for (var level = 0; level < levels.size(); level++) {
      picture.add(text(1 + level * (WIDTH + GAP), 12, "quiet", heading(level)));
    }
    plan.steps()
        .forEach(step -> step.needs()
            .forEach(needed -> picture.add(edge(place(plan.steps().get(needed)), place(step)))));
    plan.steps().forEach(step -> picture.add(node(step)));
    return picture;
  }

  private static String heading(int level) {
    return level == 0 ? "At once" : "Level " + (level + 1);
  }

  private Place place(Step step) {
    var row = plan.levels().get(step.level()).indexOf(step);
    return new Place(1 + step.level() * (WIDTH + GAP), TOP + row * ROW);
  }

  private static Html edge(Place from, Place to) {
    var x1 = from.x() + WIDTH;
    var y1 = from.y() + HEIGHT / 2;
    var x2 = to.x() - TIP;
    var y2 = to.y() + HEIGHT / 2;
    var bend = (x2 - x1) / 2;
    return Html.of(
        tag("path")
            .styled("edge")
            .with(
                "d",
                "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2)),
        tag("path").styled("tip").with("d", "M%d %dl-%d -4v8z".formatted(to.x(), y2, TIP)));
  }

  private Html node(Step step) {
    var place = place(step);
    var call = step.call();
    var left = place.x() + 14;
    var address = call.template().shown();
    return tag(
        "g",
        tag("title", step.name() + ": " + call.method() + " " + address),
        rectangle(place, WIDTH, "node"),
        rectangle(place, 5, "call-" + Terms.onError(call.onError())),
        text(left, place.y() + 20, "name", shortened(step.name())),
        text(left, place.y() + 38, "quiet code", shortened(address(call, address))),
        times(step, left, place.y() + 56));
  }

  private static String address(CallDefinition call, String address) {
    return (call.forEach().isPresent() ? "each " : "") + address;
  }

  private Html times(Step step, int x, int y) {
    var kind = Terms.onError(step.call().onError());
    var parts = recent.getOrDefault(step.name(), List.of());
    if (parts.isEmpty()) {
      return text(x, y, "", kind);
    }
    var last = parts.getFirst();
    var words = kind + " · " + Terms.time(last.took());
    return last.outcome() == Part.Outcome.COMPLETE
        ? text(x, y, "", words)
        : text(
            x,
            y,
            Terms.mood(last.outcome()),
            words + " · " + Terms.outcome(last.outcome()).toLowerCase(Locale.ROOT));
  }

  private static Element rectangle(Place place, int width, String style) {
    return tag("rect")
        .styled(style)
        .with("x", place.x())
        .with("y", place.y())
        .with("width", width)
        .with("height", HEIGHT)
        .with("rx", width == WIDTH ? 6 : 2);
  }

  private static Element text(int x, int y, String style, String text) {
    return tag("text", text).styled(style).with("x", x).with("y", y);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
