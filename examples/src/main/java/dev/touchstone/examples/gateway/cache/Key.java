package dev.touchstone.examples.gateway.cache;

import dev.touchstone.examples.gateway.aggregate.Inputs;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue;
import java.util.Map;

/**
 * What an answer depends on: nothing else of a request gets to backends. Whatever {@code Vary} may say of
 * fields that are sent on is thereby heeded; others make no difference.
 *
 * @param route the name of the route
 * @param path the path as it was sent
 * @param values what the references lead to
 * @param fields the fields that are sent on
 */
record Key(
    String route, String path, Map<Reference, JsonValue> values, Map<String, String> fields) {

  static Key of(String route, Inputs inputs) {
    return new Key(route, inputs.path(), inputs.values(), inputs.fields());
  }

  /** Returns how much memory it takes, by and large: a stranger may make long ones. */
  int weight() {
    var weight = path.length();
    for (var value : values.values()) {
      weight += value.asText().map(String::length).orElse(0);
    }
    for (var field : fields.values()) {
      weight += field.length();
    }
    return weight;
  }
}
