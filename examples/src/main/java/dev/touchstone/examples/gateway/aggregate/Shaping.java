package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.examples.gateway.definition.Shape;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.util.LinkedHashMap;

/** Keeps, drops and renames members. */
final class Shaping {

  private Shaping() {}

  /** Returns a value as a shape wants it; of a list, each item; what has no members stays as it is. */
  static JsonValue apply(Shape shape, JsonValue value) {
    if (shape.keep().isEmpty() && shape.drop().isEmpty() && shape.rename().isEmpty()) {
      return value;
    }
    return switch (value) {
      case JsonObject object -> object(shape, object);
      case JsonArray list ->
        new JsonArray(list.items().stream().map(item -> apply(shape, item)).toList());
      case JsonText text -> text;
      case JsonNumber number -> number;
      case JsonLiteral literal -> literal;
    };
  }

  private static JsonObject object(Shape shape, JsonObject object) {
    var members = new LinkedHashMap<String, JsonValue>();
    if (shape.keep().isEmpty()) {
      object.members().forEach((name, value) -> {
        if (!shape.drop().contains(name)) {
          members.put(renamed(shape, name), value);
        }
      });
    } else {
      for (var name : shape.keep()) {
        object.find(name).ifPresent(value -> members.put(renamed(shape, name), value));
      }
    }
    return new JsonObject(members);
  }

  private static String renamed(Shape shape, String name) {
    return shape.rename().getOrDefault(name, name);
  }
}
