package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a request gets into calls. Immutable.
 *
 * @param id the identifier of the request
 * @param path the path as it was sent
 * @param values what the references to parts of the request lead to; those that lead nowhere are not there
 * @param fields the fields that are sent on, by their names in lower case, in the order of the definition
 */
public record Inputs(
    String id, String path, Map<Reference, JsonValue> values, Map<String, String> fields) {

  /** The field that asks for an answer only if it has another tag. */
  public static final String IF_NONE_MATCH = "if-none-match";

  /** The field that asks for an answer only if it is newer. */
  public static final String IF_MODIFIED_SINCE = "if-modified-since";

  /** Copies the values. */
  public Inputs {
    values = Map.copyOf(values);
  }

  /** Returns these inputs with one more field to be sent on. */
  public Inputs withField(String name, String value) {
    var more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Inputs(id, path, values, more);
  }

  /** Returns whether backends may answer that nothing has changed. */
  boolean isConditional() {
    return fields.containsKey(IF_NONE_MATCH) || fields.containsKey(IF_MODIFIED_SINCE);
  }

  /** Returns what a reference leads to; empty if that is nothing. */
  Optional<JsonValue> find(Reference reference) {
    return Optional.ofNullable(values.get(reference));
  }
}
