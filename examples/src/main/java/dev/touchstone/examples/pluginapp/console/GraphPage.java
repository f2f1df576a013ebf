package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.pluginapp.Problems;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.patterns.plugin.Dependency;
import dev.touchstone.patterns.plugin.PluginStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How plugins depend on each other: a picture of those that do, and a table of all. */
final class GraphPage {

  private static final int WIDTH = 150;
  private static final int HEIGHT = 34;
  private static final int GAP = 90;
  private static final int ROW = 54;

  private final Workbench workbench;

  GraphPage(Workbench workbench) {
    this.workbench = workbench;
  }

  Answer show(WebRequest request) {
    var plugins = workbench.host().plugins();
    return new Answer.Page(
        "Graph",
        Html.of(
            Panel.of("Who requires whom", picture(plugins)),
            Panel.of("All plugins", table(plugins))));
  }

  private Html table(List<PluginStatus> plugins) {
    var table = new Table("What plugins require")
        .column("Plugin", Style.NOWRAP)
        .column("State", Style.NOWRAP)
        .column("Requires")
        .column("Is required by");
    for (var status : plugins) {
      table.row(
          tag("span", status.plugin().id()).styled("code"),
          Html.text(Problems.word(status.state())),
          Html.text(String.join(
              ", ",
              status.plugin().requires().stream().map(Dependency::toString).toList())),
          Html.text(String.join(", ", workbench.dependents(status.plugin().id()))));
    }
    return table.orElse("There are none.");
  }

  /** Draws what is required left of what requires it. */
  private static Html picture(List<PluginStatus> plugins) {
    var requires = new HashMap<String, List<String>>();
    var related = new HashSet<String>();
    for (var status : plugins) {
      var needed = status.plugin().requires().stream().map(Dependency::id).toList();
      requires.put(status.plugin().id(), needed);
      if (!needed.isEmpty()) {
        related.add(status.plugin().id());
        related.addAll(needed);
      }
    }
    if (related.isEmpty()) {
      return tag("p", "No plugin requires another one.").styled("empty");
    }
    var columns = new ArrayList<List<String>>();
    for (var id : related.stream().sorted().toList()) {
      var depth = depth(id, requires, new HashSet<>());
      while (columns.size() <= depth) {
        columns.add(new ArrayList<>());
      }
      columns.get(depth).add(id);
    }
    return drawing(columns, requires);
  }

  /** Returns the length of the longest way to a plugin that requires none; circles are cut. */
  private static int depth(String id, Map<String, List<String>> requires, Set<String> way) {
    if (!way.add(id)) {
      return 0;
    }
    var depth = requires.getOrDefault(id, List.of()).stream()
        .mapToInt(needed -> 1 + depth(needed, requires, way))
        .max()
        .orElse(0);
    way.remove(id);
    return depth;
  }

  private static Html drawing(List<List<String>> columns, Map<String, List<String>> requires) {
    var places = new LinkedHashMap<String, Place>();
    var rows = 1;
    for (var x = 0; x < columns.size(); x++) {
      rows = Math.max(rows, columns.get(x).size());
      for (var y = 0; y < columns.get(x).size(); y++) {
        places.put(columns.get(x).get(y), new Place(x * (WIDTH + GAP) + 1, y * ROW + 1));
      }
    }
    var width = columns.size() * (WIDTH + GAP) - GAP + 2;
    var svg = tag("svg")
        .with("viewBox", "0 0 %d %d".formatted(width, rows * ROW))
        .with("width", width)
        .with("role", "img")
        .with("aria-label", "The plugins that depend on each other, as the table says")
        .styled("graph");
    places.forEach((id, place) -> {
      svg.add(place.box(), place.label(id));
      for (var needed : requires.getOrDefault(id, List.of())) {
        var from = places.get(needed);
        if (from != null) {
          svg.add(place.lineFrom(from));
        }
      }
    });
    return svg;
  }

  /**
   * Where a plugin is in the picture.
   *
   * @param x the left side of its box
   * @param y the top of its box
   */
  private record Place(int x, int y) {

    Element box() {
      return tag("rect")
          .with("x", x)
          .with("y", y)
          .with("width", WIDTH)
          .with("height", HEIGHT)
          .with("rx", 6)
          .with("fill", "none")
          .with("stroke", "currentColor");
    }

    Element label(String id) {
      return tag("text", id).with("x", x + 10).with("y", y + 22).with("fill", "currentColor");
    }

    Element lineFrom(Place other) {
      return tag("line")
          .with("x1", other.x + WIDTH)
          .with("y1", other.y + HEIGHT / 2)
          .with("x2", x)
          .with("y2", y + HEIGHT / 2)
          .with("stroke", "currentColor");
    }
  }
}
