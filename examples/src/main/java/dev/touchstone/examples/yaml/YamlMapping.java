package dev.touchstone.examples.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The entries of a mapping, in the order of the file. Immutable. */
public final class YamlMapping {

  private record Entry(YamlNode key, YamlNode value) {}

  private final YamlNode whole;
  private final Map<String, Entry> entries;

  private YamlMapping(YamlNode whole, Map<String, Entry> entries) {
    this.whole = whole;
    this.entries = entries;
  }

  static YamlMapping of(Origin origin, YamlNode whole, MappingNode mapping) {
    var entries = new LinkedHashMap<String, Entry>();
    for (var tuple : mapping.getValue()) {
      var key = new YamlNode(origin, tuple.getKeyNode());
      var name = name(key, tuple.getKeyNode());
      if (entries.put(name, new Entry(key, new YamlNode(origin, tuple.getValueNode()))) != null) {
        throw key.failure("'" + name + "' is there twice; remove one");
      }
    }
    return new YamlMapping(whole, entries);
  }

  private static String name(YamlNode key, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw key.expected("a name");
  }

  void allow(Collection<String> names) {
    entries.forEach((name, entry) -> {
      if (!names.contains(name)) {
        throw entry.key().unknown(name, names);
      }
    });
  }

  /** Returns the value of a name; empty if it is not there. */
  public Optional<YamlNode> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::value);
  }

  /**
   * Returns the value of a name.
   *
   * @throws YamlException if it is not there
   */
  public YamlNode require(String name) {
    return find(name).orElseThrow(() -> whole.failure("'" + name + "' is missing here"));
  }

  /**
   * Returns the exception that says what is wrong with a name that is there.
   *
   * @param problem what was expected, what was found, what to do
   */
  public YamlException failure(String name, String problem) {
    var entry = entries.get(name);
    return (entry == null ? whole : entry.key()).failure(problem);
  }

  /** Returns the values by their names, in the order of the file. */
  public Map<String, YamlNode> values() {
    var values = new LinkedHashMap<String, YamlNode>();
    entries.forEach((name, entry) -> values.put(name, entry.value()));
    return values;
  }
}
