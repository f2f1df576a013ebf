package dev.touchstone.plugins.refine;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowStep;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns texts into numbers, keeps or drops fields, and gives them other names, in this order. */
public final class MapFields implements Transform {

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String about() {
    return "turns texts into numbers, keeps or drops fields, and renames them, in this order";
  }

  @Override
  public List<String> options() {
    return List.of("number", "keep", "drop", "rename");
  }

  @Override
  public void check(Assignment assignment) {
    Change.of(assignment);
  }

  @Override
  public RowStep open(Assignment assignment) {
    var change = Change.of(assignment);
    return row -> List.of(change.apply(row));
  }

  private record Change(
      Set<String> numbers, Set<String> kept, Set<String> dropped, Map<String, String> names) {

    static Change of(Assignment assignment) {
      var change = new Change(
          fields(assignment, "number"),
          fields(assignment, "keep"),
          fields(assignment, "drop"),
          names(assignment));
      if (!change.kept.isEmpty() && !change.dropped.isEmpty()) {
        throw assignment
            .require("drop")
            .failure("'keep' and 'drop' exclude each other; remove one");
      }
      return change;
    }

    private static Set<String> fields(Assignment assignment, String option) {
      return Set.copyOf(assignment.find(option).map(YamlNode::items).orElse(List.of()).stream()
          .map(YamlNode::text)
          .toList());
    }

    private static Map<String, String> names(Assignment assignment) {
      var names = new LinkedHashMap<String, String>();
      assignment
          .find("rename")
          .ifPresent(
              node -> node.anyMapping().values().forEach((from, to) -> names.put(from, to.text())));
      return Map.copyOf(names);
    }

    Row apply(Row row) throws IOException {
      var changed = new LinkedHashMap<String, @Nullable Object>();
      for (var entry : row.values().entrySet()) {
        var field = entry.getKey();
        if (kept.isEmpty() ? !dropped.contains(field) : kept.contains(field)) {
          changed.put(names.getOrDefault(field, field), value(row, field, entry.getValue()));
        }
      }
      return new Row(changed);
    }

    private @Nullable Object value(Row row, String field, @Nullable Object value)
        throws IOException {
      if (!numbers.contains(field) || value == null || value.toString().isBlank()) {
        return numbers.contains(field) ? null : value;
      }
      return row.number(field)
          .orElseThrow(() -> new IOException(
              "expected a number in the field '" + field + "', found '" + value + "'"));
    }
  }
}
