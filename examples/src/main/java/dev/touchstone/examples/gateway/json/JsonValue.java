package dev.touchstone.examples.gateway.json;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in JSON. Unlike in common trees, a number is the text that stood there: {@code 1.10},
 * {@code 1e400} and an account number of thirty digits come out as they went in.
 */
public sealed interface JsonValue {

  /** Members in the order in which they were written. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {

    /** Keeps a view of the map, which must not be changed afterwards. */
    public JsonObject {
      members = Collections.unmodifiableMap(members);
    }

    /** Returns the value of a member; empty if there is none. */
    public Optional<JsonValue> find(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** Returns a copy of the members, to be changed. */
    public Map<String, JsonValue> toMap() {
      return new LinkedHashMap<>(members);
    }
  }

  /** Items in their order. */
  record JsonArray(List<JsonValue> items) implements JsonValue {

    /** Copies the list. */
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  /** A text, unescaped. */
  record JsonText(String value) implements JsonValue {

    /** Checks that it is there. */
    public JsonText {
      requireNonNull(value, "value");
    }
  }

  /** A number, as it was written. */
  record JsonNumber(String text) implements JsonValue {

    /** Checks that it is there; what it says is up to the one who makes it. */
    public JsonNumber {
      requireNonNull(text, "text");
    }
  }

  /** The other values. */
  enum JsonLiteral implements JsonValue {
    /** The value {@code true}. */
    TRUE,
    /** The value {@code false}. */
    FALSE,
    /** The value {@code null}. */
    NULL
  }

  /**
   * Returns what stands for this in an address: a text, the text of a number, {@code true} or {@code
   * false}; empty for null, objects and lists.
   */
  default Optional<String> asText() {
    return switch (this) {
      case JsonText text -> Optional.of(text.value());
      case JsonNumber number -> Optional.of(number.text());
      case JsonLiteral literal ->
        switch (literal) {
          case TRUE -> Optional.of("true");
          case FALSE -> Optional.of("false");
          case NULL -> Optional.empty();
        };
      case JsonObject object -> Optional.empty();
      case JsonArray list -> Optional.empty();
    };
  }
}
