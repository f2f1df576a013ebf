package dev.touchstone.examples.pluginapp.edit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step of a draft. Immutable.
 *
 * @param part the name of the part
 * @param options its options in order, each value as one line of YAML
 */
record DraftStep(String part, Map<String, String> options) {

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
        .map(option -> option.getKey() + ": " + option.getValue())
        .collect(Collectors.joining(", ", "{" + part + ": {", "}}"));
  }
}
