package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values in which a text such as <code>{user.id}</code> stands for another value. */
public final class Bodies {

  private Bodies() {}

  /** Returns the references in a value, in order. */
  static Stream<Reference> references(JsonValue body) {
    return switch (body) {
      case JsonObject object -> object.members().values().stream().flatMap(Bodies::references);
      case JsonArray list -> list.items().stream().flatMap(Bodies::references);
      case JsonText text -> reference(text).stream();
      case JsonNumber number -> Stream.empty();
      case JsonLiteral literal -> Stream.empty();
    };
  }

  /**
   * Returns a value with its references replaced.
   *
   * @param values knows what a reference leads to
   */
  public static JsonValue fill(JsonValue body, Function<Reference, JsonValue> values) {
    return switch (body) {
      case JsonObject object -> {
        var members = new LinkedHashMap<String, JsonValue>();
        object.members().forEach((name, value) -> members.put(name, fill(value, values)));
        yield new JsonObject(members);
      }
      case JsonArray list ->
        new JsonArray(list.items().stream().map(item -> fill(item, values)).toList());
      case JsonText text -> reference(text).map(values).orElse(text);
      case JsonNumber number -> number;
      case JsonLiteral literal -> literal;
    };
  }

  private static Optional<Reference> reference(JsonText text) {
    var value = text.value();
    return value.startsWith("{") && value.endsWith("}")
        ? Reference.parse(value.substring(1, value.length() - 1))
        : Optional.empty();
  }
}
