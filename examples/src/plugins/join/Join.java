package dev.touchstone.plugins.join;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowStep;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.plugins.csv.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to each row the fields of every line of a CSV file that has the same value in a field; rows
 * without such a line go, or stay as they are with {@code unmatched: keep}. The file must fit into
 * memory.
 */
public final class Join implements Transform {

  /** What becomes of a row that has no match. */
  enum Unmatched {
    DROP,
    KEEP
  }

  @Override
  public String name() {
    return "join";
  }

  @Override
  public String about() {
    return "adds the fields of the lines of a CSV file that have the same value in a field";
  }

  @Override
  public List<String> options() {
    return List.of("file", "on", "unmatched");
  }

  @Override
  public void check(Assignment assignment) {
    assignment.require("file");
    assignment.require("on").text();
    unmatched(assignment);
  }

  private static Unmatched unmatched(Assignment assignment) {
    return assignment
        .find("unmatched")
        .map(node -> node.choice(Unmatched.class))
        .orElse(Unmatched.DROP);
  }

  @Override
  public RowStep open(Assignment assignment) throws IOException {
    var on = assignment.require("on").text();
    var lines = lines(assignment.file(), on);
    var unmatched = unmatched(assignment);
    return row -> {
      var matches = row.text(on).map(lines::get).orElse(null);
      if (matches == null) {
        return unmatched == Unmatched.KEEP ? List.of(row) : List.of();
      }
      return matches.stream().map(match -> joined(row, match)).toList();
    };
  }

  private static Row joined(Row row, Map<String, String> match) {
    var values = new LinkedHashMap<>(row.values());
    match.forEach(values::putIfAbsent);
    return new Row(values);
  }

  private static Map<String, List<Map<String, String>>> lines(Path file, String on)
      throws IOException {
    var lines = new HashMap<String, List<Map<String, String>>>();
    try (var records = CsvReader.open(file, ',')) {
      var names = records.next().orElse(List.of());
      var key = names.indexOf(on);
      if (key < 0) {
        throw new IOException(
            "%s has no column '%s' to join on; it has %s".formatted(file, on, names));
      }
      for (var record = records.next(); record.isPresent(); record = records.next()) {
        var line = new LinkedHashMap<String, String>();
        for (var i = 0; i < Math.min(names.size(), record.get().size()); i++) {
          line.put(names.get(i), record.get().get(i));
        }
        if (line.containsKey(on)) {
          lines
              .computeIfAbsent(record.get().get(key), value -> new ArrayList<>())
              .add(line);
        }
      }
    }
    return lines;
  }
}
