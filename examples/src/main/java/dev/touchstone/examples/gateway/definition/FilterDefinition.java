package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A filter that stands before a route.
 *
 * @param at where it stands in the file
 * @param name what it is called
 * @param options what is to be known by it, in the order of the file
 */
public record FilterDefinition(YamlNode at, String name, Map<String, String> options) {

  /** Copies the options. */
  public FilterDefinition {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  static List<FilterDefinition> read(YamlNode node) {
    return node.items().stream().map(FilterDefinition::one).toList();
  }

  private static FilterDefinition one(YamlNode node) {
    if (!node.isMapping()) {
      return new FilterDefinition(node, node.text(), Map.of());
    }
    var entries = node.anyMapping().values().entrySet().stream().toList();
    if (entries.size() != 1) {
      throw node.expected(
          "the name of a filter, or one with options such as {headers: {X-Frame-Options: DENY}}");
    }
    var options = new LinkedHashMap<String, String>();
    entries
        .getFirst()
        .getValue()
        .anyMapping()
        .values()
        .forEach((name, value) -> options.put(name, value.text()));
    return new FilterDefinition(node, entries.getFirst().getKey(), options);
  }

  /** Returns the name and, if there are some, the names of the options: their values may be secrets. */
  @Override
  public String toString() {
    return options.isEmpty() ? name : name + " " + options.keySet();
  }
}
