package dev.touchstone.examples.pluginapp.edit;

import dev.touchstone.examples.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A step of a draft. Immutable.
 *
 * @param part the name of the part
 * @param options its options in order, each value as one line of YAML
 */
record DraftStep(String part, Map<String, String> options) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w-]*");

  DraftStep {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  DraftStep with(String option, String value) {
    var changed = new LinkedHashMap<>(options);
    changed.put(option, value);
    return new DraftStep(part, changed);
  }

  DraftStep without(String option) {
    var changed = new LinkedHashMap<>(options);
    changed.remove(option);
    return new DraftStep(part, changed);
  }

  /** Returns the step as one line of YAML. */
  String toYaml() {
    return options.entrySet().stream()
        .map(option -> key(option.getKey()) + ": " + option.getValue())
        .collect(Collectors.joining(", ", "{" + key(part) + ": {", "}}"));
  }

  /** Most names need no quotes, and look better without. */
  private static String key(String name) {
    return PLAIN.matcher(name).matches() ? name : YamlNode.quoted(name);
  }
}
