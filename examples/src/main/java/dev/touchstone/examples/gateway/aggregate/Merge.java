package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.MergePolicy;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the values of calls together. Values are added in the order of the definition, whenever they
 * came, so the result is the same to the byte. For one thread.
 */
final class Merge {

  /** Thrown where two calls give a member of the same name, and nothing says which counts. */
  static final class CollisionException extends Exception {

    private static final long serialVersionUID = 1L;

    private CollisionException(String message) {
      super(message);
    }
  }

  private final MergePolicy policy;
  private final Map<String, JsonValue> members = new LinkedHashMap<>();
  private final Map<String, String> givenBy = new HashMap<>();

  Merge(MergePolicy policy) {
    this.policy = policy;
  }

  /**
   * Returns whether the value of a call can be added: it gets a name, or has members with names, or is
   * {@code null} and adds nothing.
   */
  static boolean isPossible(MergePolicy policy, CallDefinition call, JsonValue value) {
    return call.shape().into().isPresent()
        || policy == MergePolicy.NAMESPACE
        || value instanceof JsonObject
        || value == JsonLiteral.NULL;
  }

  /**
   * Adds the value of a call, which is {@linkplain #isPossible possible}.
   *
   * @throws CollisionException if a member is there already, and the policy is to fail
   */
  void add(Step step, JsonValue value) throws CollisionException {
    var into = step.call().shape().into();
    if (into.isPresent()) {
      put(step, into.get(), value);
    } else if (policy == MergePolicy.NAMESPACE) {
      put(step, step.name(), value);
    } else if (value instanceof JsonObject object) {
      for (var member : object.members().entrySet()) {
        put(step, member.getKey(), member.getValue());
      }
    }
  }

  private void put(Step step, String name, JsonValue value) throws CollisionException {
    var old = members.get(name);
    if (old == null) {
      members.put(name, value);
      givenBy.put(name, step.name());
      return;
    }
    switch (policy) {
      case FIRST -> {}
      case LAST -> members.put(name, value);
      case DEEP -> members.put(name, deep(old, value));
      case APPEND -> members.put(name, joined(old, value));
      case FAIL, NAMESPACE ->
        throw new CollisionException("'%s' and '%s' both give a member '%s'"
            .formatted(givenBy.get(name), step.name(), name));
    }
  }

  private static JsonValue deep(JsonValue old, JsonValue value) {
    if (!(old instanceof JsonObject first) || !(value instanceof JsonObject second)) {
      return value;
    }
    var merged = first.toMap();
    second.members().forEach((name, member) -> merged.merge(name, member, Merge::deep));
    return new JsonObject(merged);
  }

  private static JsonValue joined(JsonValue old, JsonValue value) {
    var items = new ArrayList<>(items(old));
    items.addAll(items(value));
    return new JsonArray(items);
  }

  private static List<JsonValue> items(JsonValue value) {
    return value instanceof JsonArray list ? list.items() : List.of(value);
  }

  /** Returns what was added. */
  JsonObject result() {
    return new JsonObject(members);
  }
}
